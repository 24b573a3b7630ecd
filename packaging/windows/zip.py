"""Packs a folder into an archive whose bytes depend on the files and the time given alone.

    python3 zip.py ARCHIVE FOLDER SECONDS-SINCE-1970

Names that are not ASCII are marked as UTF-8, so that Windows shows them as they are.
"""

import pathlib
import sys
import time
import zipfile

archive, folder, seconds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
files = sorted(path for path in folder.rglob("*") if path.is_file())
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
    for path in files:
        entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), time.gmtime(seconds)[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 0  # as made on Windows: no permissions
        out.writestr(entry, path.read_bytes())
