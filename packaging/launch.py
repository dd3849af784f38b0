"""Where the packed program starts, and where it becomes the child that reads an untrusted file."""

import multiprocessing
import sys

from desktop_app.exchange.worker.starting import ENTRY

if __name__ == "__main__":
    if sys.argv[1:2] == [ENTRY]:  # nothing of the rest of the program is loaded
        from desktop_app.exchange.worker.child import main as read_untrusted_file

        sys.exit(read_untrusted_file(sys.argv[2:]))
    multiprocessing.freeze_support()
    from desktop_app.__main__ import main

    sys.exit(main())
