#!/bin/sh
# Builds dist/clopos-desk/ (one folder, nothing else needed) and dist/clopos-desk_VERSION_ARCH.deb.
set -eu
cd "$(dirname "$0")/.."
[ -e desktop_app/__main__.py ] || { echo "package: there is no program to pack yet" >&2; exit 1; }
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
arch=$(dpkg --print-architecture)
program=dist/clopos-desk

echo "package: building the program folder"
rm -rf "$program" build/pyinstaller build/deb
.venv/bin/python -m PyInstaller --noconfirm --log-level ERROR --distpath dist \
    --workpath build/pyinstaller packaging/clopos-desk.spec
# Only these come with debugging symbols; libraries in *.libs break when they are stripped.
for name in 'libpython3*' '_sqlite3.*.so' 'backend_c.*.so'; do
    find "$program" -name "$name" -type f -exec strip --strip-unneeded {} +
done
.venv/bin/python packaging/notices.py >"$program/THIRD_PARTY.txt"
cp LICENSE "$program/LICENSE"
echo "package: $(du -sm "$program" | cut -f1) MB in $program"

echo "package: building the .deb"
top=build/deb
mkdir -p $top/DEBIAN $top/usr/lib $top/usr/bin $top/usr/share/applications \
    $top/usr/share/icons/hicolor/scalable/apps $top/usr/share/doc/clopos-desk
cp -R "$program" $top/usr/lib/clopos-desk
ln -s ../lib/clopos-desk/clopos-desk $top/usr/bin/clopos-desk
cp packaging/clopos-desk.desktop $top/usr/share/applications/
cp packaging/clopos-desk.svg $top/usr/share/icons/hicolor/scalable/apps/
cp LICENSE $top/usr/share/doc/clopos-desk/copyright
mv $top/usr/lib/clopos-desk/THIRD_PARTY.txt $top/usr/share/doc/clopos-desk/
ln -s ../../share/doc/clopos-desk/THIRD_PARTY.txt $top/usr/lib/clopos-desk/THIRD_PARTY.txt
depends=$(sed -e 's/#.*//' -e '/^python3/d' -e '/^ *$/d' packaging/system-packages/run.txt |
    paste -sd, | sed 's/,/, /g')
cat >$top/DEBIAN/control <<CONTROL
Package: clopos-desk
Version: $version
Architecture: $arch
Maintainer: Clopos <support@clopos.com>
Depends: libc6 (>= 2.34), $depends
Recommends: gnome-keyring | libsecret-1-0
Section: misc
Priority: optional
Installed-Size: $(du -sk $top/usr | cut -f1)
Description: the back office of a restaurant on its own PC
 Menu, sales, stock, staff and customers in an encrypted store; backups that are
 proven to restore; and a PDF of everything held about a customer, on request.
CONTROL
chmod -R u=rwX,go=rX $top
dpkg-deb --root-owner-group -Zzstd -z15 --build $top "dist/clopos-desk_${version}_$arch.deb" >/dev/null
ls -lh dist/*.deb | awk '{ print "package: " $5 " in " $9 }'
