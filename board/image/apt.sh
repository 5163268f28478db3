# Sourced: an apt of its own for arm64 packages of the image's Debian, beside the
# machine's. It asks the mirrors that the machine itself asks.

suite=trixie

# The first Debian mirror in the machine's sources whose address ends so.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
        grep -oE 'https?://[^ ]+' | sed 's|/$||' | grep -E "/$1\$" | head -n 1
}

# apt_begin FOLDER: makes it there and fetches the package lists.
apt_begin() {
    apt_folder=$1
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    debian=$(mirror debian)
    security=$(mirror debian-security)
    if [ -z "$debian" ] || [ -z "$security" ]; then
        echo "image: the machine's apt sources name no Debian mirror" >&2
        return 1
    fi
    mkdir -p "$apt_folder/lists/partial" "$apt_folder/archives/partial"
    : >"$apt_folder/status"
    parts="main non-free-firmware"
    cat >"$apt_folder/sources.list" <<LIST
deb [signed-by=$keyring] $debian $suite $parts
deb [signed-by=$keyring] $debian $suite-updates $parts
deb [signed-by=$keyring] $security $suite-security $parts
LIST
    apt_own apt-get -q update >&2
}

apt_own() {
    command=$1
    shift
    "$command" -o Dir::State="$apt_folder" -o Dir::State::lists="$apt_folder/lists" \
        -o Dir::State::status="$apt_folder/status" -o Dir::Cache="$apt_folder" \
        -o Dir::Etc::SourceList="$apt_folder/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Preferences=/dev/null \
        -o Dir::Etc::PreferencesParts=/dev/null -o APT::Architecture=arm64 \
        -o APT::Architectures=arm64 -o Acquire::Languages=none \
        -o APT::Install-Recommends=false -o Debug::NoLocking=true \
        -o APT::Sandbox::User=root -o Acquire::ForceHash=SHA256 "$@"
}
