"""Programs that are not ours and judge what we make: npm packages, by a lock."""
import hashlib
import pathlib
import shutil
import subprocess

TIME_LIMIT_S = 300


def fetch(lock_folder, into):
    """Fetches them by the lock into a folder of the build; why they are not there, or None."""
    lock = pathlib.Path(lock_folder, "package-lock.json").read_bytes()
    mark = into / "of-lock"
    wanted = hashlib.sha256(lock).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return None
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "node or npm is not installed"
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for name in "package.json", "package-lock.json":
        shutil.copy(pathlib.Path(lock_folder, name), into)
    try:
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--omit=optional",
                               "--omit=peer", "--no-audit", "--no-fund",
                               "--fetch-retries=1", "--fetch-retry-mintimeout=1000"],
                              cwd=into, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=TIME_LIMIT_S)
    except subprocess.TimeoutExpired:
        return f"npm fetched nothing in {TIME_LIMIT_S} s"
    if done.returncode != 0:
        return f"npm could not fetch them (status {done.returncode})"
    mark.write_text(wanted)
    return None
