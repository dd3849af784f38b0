"""A process of its own for every untrusted file whose parser is native or whose contents expand.

*Child* is that process: it has limits, no keys, no database and one open file. *Host* is our side:
it starts the child, checks what it answers and says in words what went wrong. The child sends
*tables*: text as it lay in an archive, a worksheet as CSV, records of JSON one to a line. All of
them are then read by the readers that read plain files, with the same limits.
"""
