"""A Rust compiler that can build for wasm32-unknown-unknown.

Three ways, the ordinary one first:

1. the active toolchain already has the target;
2. `rustup target add` fetches it;
3. where rustup's server is out of reach, Debian's `rustc-web` has the
   WebAssembly back end and the source of the standard library, which is then
   compiled once a machine and kept in the cache.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import debian
from paths import TOOLS, Stop, call

TARGET = "wasm32-unknown-unknown"
DEBIAN_RUSTC = Path("/usr/bin/rustc")
DEBIAN_CARGO = Path("/usr/bin/cargo")
DEBIAN_PACKAGES = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"]
# Out of reach, rustup's server lets the command hang rather than fail.
RUSTUP_PATIENCE_S = 60


@dataclass
class Rust:
    """A cargo that builds for the target, and what it wants in its environment."""

    cargo: str
    env: dict[str, str] = field(default_factory=dict)


def ready() -> Rust | None:
    """The compiler, if nothing need be installed."""
    if _has_target("rustc"):
        return Rust("cargo")
    std = _debian_std()
    return _debian_rust(std) if std and (std / ".done").exists() else None


def get() -> Rust:
    """The compiler, installed if need be."""
    found = ready()
    if found:
        return found
    if _rustup_add():
        return Rust("cargo")
    if debian.here():
        debian.install(DEBIAN_PACKAGES, need=[DEBIAN_RUSTC, DEBIAN_CARGO, "wasm-ld-22"])
        std = _debian_std()
        if std:
            _build_std(std)
            return _debian_rust(std)
    raise Stop(f"Rust has no WebAssembly target here: run `rustup target add {TARGET}` and try again.")


def _has_target(rustc: str) -> bool:
    try:
        sysroot = subprocess.run([rustc, "--print", "sysroot"], capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return False
    folder = Path(sysroot.stdout.strip(), "lib", "rustlib", TARGET, "lib")
    return any(folder.glob("libstd-*.rlib"))


def _rustup_add() -> bool:
    if not shutil.which("rustup"):
        return False
    try:
        added = subprocess.run(["rustup", "target", "add", TARGET], capture_output=True,
                               timeout=RUSTUP_PATIENCE_S, check=False)
    except subprocess.TimeoutExpired:
        return False
    return added.returncode == 0 and _has_target("rustc")


def _debian_std() -> Path | None:
    """The sysroot in the cache that goes with Debian's compiler, built or not."""
    if not DEBIAN_RUSTC.exists() or not DEBIAN_CARGO.exists():
        return None
    version = call(DEBIAN_RUSTC, "--version").split()[1]
    return TOOLS / f"wasm-std-{version}"


def _debian_rust(std: Path) -> Rust:
    linker = shutil.which("wasm-ld-22") or shutil.which("wasm-ld") or shutil.which("rust-lld")
    if not linker:
        raise Stop("No linker for WebAssembly was found: `apt-get install lld-22` brings one.")
    prefix = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_"
    return Rust(str(DEBIAN_CARGO), {
        "RUSTC": str(DEBIAN_RUSTC),
        prefix + "RUSTFLAGS": f"--sysroot={std}",
        prefix + "LINKER": linker,
    })


def _build_std(sysroot: Path) -> None:
    """Compiles the standard library from its source into `sysroot`."""
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch, "src").mkdir()
        Path(scratch, "src", "lib.rs").write_text("")
        Path(scratch, "Cargo.toml").write_text('[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n')
        call(DEBIAN_CARGO, "build", "--release", "-Zbuild-std=std,panic_abort", "--target", TARGET, cwd=scratch, env={
            **os.environ,
            "RUSTC": str(DEBIAN_RUSTC),
            # Opens -Zbuild-std, for this one build only.
            "RUSTC_BOOTSTRAP": "1",
            # The islands are linked with LTO, which wants the bitcode.
            "RUSTFLAGS": "-Cembed-bitcode=yes",
            "CARGO_TARGET_DIR": f"{scratch}/target",
        })
        libraries = sysroot / "lib" / "rustlib" / TARGET / "lib"
        shutil.rmtree(sysroot, ignore_errors=True)
        libraries.mkdir(parents=True)
        for library in Path(scratch, "target", TARGET, "release", "deps").glob("*.rlib"):
            if not library.name.startswith("libempty-"):
                shutil.copy(library, libraries)
    (sysroot / ".done").touch()
