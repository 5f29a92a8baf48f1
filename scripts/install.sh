# Sourced by `up` and `check`: what both install. Nothing here runs by itself.
# shellcheck shell=bash

# Scripts run on the project's own Node (a package), never on the machine's older one.
export PATH="$PWD/node_modules/.bin:$PATH"

die() {
  echo "$*" >&2
  exit 1
}

# Installs the npm packages when they are missing or the lock file changed since.
install_npm_packages() {
  local stamp=node_modules/.installed-lock now
  now=$(sha256sum package-lock.json | cut -d' ' -f1)
  if [[ -x node_modules/.bin/node && -f $stamp && $(<"$stamp") == "$now" ]]; then return; fi
  command -v npm >/dev/null || die "npm is missing: install Node.js 20 or newer with npm, for example: apt-get install npm"
  echo "installing npm packages (the first time and after a change of package-lock.json)"
  npm ci --no-audit --no-fund --loglevel=error
  echo "$now" >"$stamp"
}

# install_debian_packages PROGRAM=PACKAGE ...: installs the packages whose program is not there.
# A program may be a path with a wildcard. Returns 1 when something stays missing.
install_debian_packages() {
  local pair program missing=()
  for pair in "$@"; do
    program=${pair%%=*}
    command -v "$program" >/dev/null || compgen -G "$program" >/dev/null || missing+=("${pair#*=}")
  done
  ((${#missing[@]} == 0)) && return
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "missing: ${missing[*]} (as root on Debian or Ubuntu they would be installed)" >&2
    return 1
  fi
  echo "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
