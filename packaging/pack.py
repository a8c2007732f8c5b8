#!/usr/bin/env python3
"""Packs a built copydesk for those who install it: an archive, a wheel for PyPI, packages for npm.

usage: pack.py BINARY TARGET OUT

BINARY is the program, TARGET the machine it was built for (x86_64-unknown-linux-gnu …), OUT the folder to write to. The
version is that of Cargo.toml. Only Python's own library is used; the same binary gives the same bytes. Every file gets a
FILE.sha256 beside it, in the form of sha256sum.
"""

import base64
import csv
import gzip
import hashlib
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Target: the tag of the wheel, and npm's names of the system and the processor.
# The Linux programs are linked statically, so that they run with any libc.
TARGETS = {
    "x86_64-unknown-linux-gnu": ("manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64", "linux", "x64"),
    "aarch64-unknown-linux-gnu": ("manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64", "linux", "arm64"),
    "x86_64-apple-darwin": ("macosx_10_12_x86_64", "darwin", "x64"),
    "aarch64-apple-darwin": ("macosx_11_0_arm64", "darwin", "arm64"),
    "x86_64-pc-windows-msvc": ("win_amd64", "win32", "x64"),
    "aarch64-pc-windows-msvc": ("win_arm64", "win32", "arm64"),
}

# 1980-01-01, the first moment that a zip file knows.
EPOCH = 315_532_800


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.strip())
    binary, target, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    if target not in TARGETS:
        sys.exit(f"no packages are made for {target!r}; there are {', '.join(TARGETS)}")
    if not binary.is_file():
        sys.exit(f"there is no program {str(binary)!r}; cargo build --release makes one")
    out.mkdir(parents=True, exist_ok=True)
    program, version = binary.read_bytes(), cargo_version()
    made = [
        archive(program, target, version, out),
        wheel(program, target, version, out),
        npm_platform(program, target, version, out),
        npm_launcher(version, out),
    ]
    for path in made:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        path.with_name(path.name + ".sha256").write_text(f"{digest}  {path.name}\n")
        print(path)


def cargo_version():
    text = (ROOT / "Cargo.toml").read_text("utf-8")
    return re.search(r'^version = "([^"]+)"', text, re.MULTILINE).group(1)


def program_name(target):
    return "copydesk.exe" if "windows" in target else "copydesk"


def archive(program, target, version, out):
    name = f"copydesk-v{version}-{target}"
    files = [(f"{name}/{program_name(target)}", program, 0o755)]
    for other in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "styleguide.toml"]:
        files.append((f"{name}/{other}", (ROOT / other).read_bytes(), 0o644))
    return tarball(out / f"{name}.tar.gz", files)


def wheel(program, target, version, out):
    tag = TARGETS[target][0]
    info, data = f"copydesk-{version}.dist-info", f"copydesk-{version}.data"
    readme = (ROOT / "packaging/python/README.md").read_text("utf-8")
    metadata = (
        f"Metadata-Version: 2.1\nName: copydesk\nVersion: {version}\n"
        "Summary: Reads a draft as a copy desk reads it, before it goes out\n"
        "License: MIT OR Apache-2.0\nRequires-Python: >=3.7\n"
        "Keywords: linter,prose,editorial,style,lsp\nDescription-Content-Type: text/markdown\n\n" + readme
    )
    tags = "".join(f"Tag: py3-none-{part}\n" for part in tag.split("."))
    files = [
        (f"{data}/scripts/{program_name(target)}", program, 0o755),
        (f"{info}/METADATA", metadata.encode(), 0o644),
        (f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: copydesk\nRoot-Is-Purelib: false\n{tags}".encode(), 0o644),
        (f"{info}/licenses/LICENSE-MIT", (ROOT / "LICENSE-MIT").read_bytes(), 0o644),
        (f"{info}/licenses/LICENSE-APACHE", (ROOT / "LICENSE-APACHE").read_bytes(), 0o644),
    ]
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for name, content, _ in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow([name, f"sha256={digest}", len(content)])
    rows.writerow([f"{info}/RECORD", "", ""])
    files.append((f"{info}/RECORD", record.getvalue().encode(), 0o644))
    path = out / f"copydesk-{version}-py3-none-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content, mode in files:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, content)
    return path


def npm_platform(program, target, version, out):
    _, system, processor = TARGETS[target]
    name = f"copydesk-{system}-{processor}"
    about = json.loads((ROOT / "packaging/npm/package.json").read_text("utf-8"))
    package = {
        "name": name,
        "version": version,
        "description": f"The program copydesk for {system} on {processor}; install the package copydesk",
        "license": about["license"],
        "os": [system],
        "cpu": [processor],
        "preferUnplugged": True,
    }
    files = [
        ("package/package.json", as_json(package), 0o644),
        (f"package/{program_name(target)}", program, 0o755),
        ("package/LICENSE-MIT", (ROOT / "LICENSE-MIT").read_bytes(), 0o644),
        ("package/LICENSE-APACHE", (ROOT / "LICENSE-APACHE").read_bytes(), 0o644),
    ]
    return tarball(out / f"{name}-{version}.tgz", files)


def npm_launcher(version, out):
    folder = ROOT / "packaging/npm"
    package = json.loads((folder / "package.json").read_text("utf-8"))
    package["version"] = version
    platforms = [f"copydesk-{system}-{processor}" for _, system, processor in TARGETS.values()]
    package["optionalDependencies"] = {name: version for name in platforms}
    files = [
        ("package/package.json", as_json(package), 0o644),
        ("package/copydesk.js", (folder / "copydesk.js").read_bytes(), 0o755),
        ("package/README.md", (folder / "README.md").read_bytes(), 0o644),
        ("package/LICENSE-MIT", (ROOT / "LICENSE-MIT").read_bytes(), 0o644),
        ("package/LICENSE-APACHE", (ROOT / "LICENSE-APACHE").read_bytes(), 0o644),
    ]
    return tarball(out / f"copydesk-{version}.tgz", files)


def tarball(path, files):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, content, mode in files:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), mode, EPOCH
            tar.addfile(entry, io.BytesIO(content))
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(plain.getvalue())
    return path


def as_json(value):
    return (json.dumps(value, indent=2) + "\n").encode()


if __name__ == "__main__":
    main()
