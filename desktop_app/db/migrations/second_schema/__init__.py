"""The second schema: who may do what, and a trail whose contents are sealed."""
