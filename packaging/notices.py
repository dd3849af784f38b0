"""Prints THIRD_PARTY.txt: every library, font and icon set in the program, with its licence.

Made from the metadata of what is installed, following the requirements from `clopos-desk` down, so
that nothing used is left out and nothing that only the tests use is in.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LICENCE_FILES = ("LICEN", "COPYING", "NOTICE", "OFL")
RULE = "=" * 80


def needed(
    name: str = "clopos-desk", extras: frozenset[str] = frozenset()
) -> dict[str, Distribution]:
    """Return everything `name` needs on this system, by name, without itself."""
    found: dict[str, Distribution] = {}
    waiting = [(name, extras)]
    while waiting:
        current, wanted = waiting.pop()
        package = distribution(current)
        for text in package.requires or []:
            requirement = Requirement(text)
            key = canonicalize_name(requirement.name)
            if key not in found and _applies(requirement, wanted):
                found[key] = distribution(requirement.name)
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return dict(sorted(found.items()))


def _applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def licence_of(package: Distribution) -> str:
    """Return the licence a package declares, in one line."""
    about = package.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    declared = [
        *(about.get_all("License-Expression") or []),
        ", ".join(classifiers),
        *(about.get_all("License") or []),
        "see its licence text",
    ]
    first: str = next(text.strip() for text in declared if text.strip())
    return first.splitlines()[0]


def texts_of(package: Distribution) -> Iterator[str]:
    """Yield the licence texts that a package brings."""
    for path in package.files or []:
        if path.name.upper().startswith(LICENCE_FILES) and path.suffix not in {".py", ".pyc"}:
            yield path.read_text(encoding="utf-8").strip()


def resource_licences() -> Iterator[Path]:
    """Yield the licence files beside fonts and icons."""
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.is_file() and path.name.upper().startswith(LICENCE_FILES):
            yield path


def main() -> None:
    """Print the whole notice."""
    print("Clopos Desk contains the following works of others, with thanks.\n")
    for package in needed().values():
        print(f"{RULE}\n{package.name} {package.version}\nLicence: {licence_of(package)}\n")
        print(*texts_of(package), sep="\n\n")
    for path in resource_licences():
        print(
            f"{RULE}\n{path.parent.relative_to(ROOT)}\n\n{path.read_text(encoding='utf-8').strip()}"
        )
    print(f"{RULE}\nPython {sys.version.split()[0]}\nLicence: PSF-2.0")


if __name__ == "__main__":
    main()
