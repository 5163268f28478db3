# Sourced, by the initramfs too: a picture on the panel while no kiosk runs.

# setting SECTION NAME: what the technician's file says, if anything.
setting() {
    busybox sed -n "/^\[$1\]/,/^\[/s/^[ \t]*$2[ \t]*=[ \t]*//p" /boot/loketzuil.conf \
        2>/dev/null | busybox sed -n '1s/[ \t\r]*\( ;.*\)\{0,1\}$//p'
}

# show_still NAME: it stays until it is killed; its process stands in
# /run/loketzuil/still. The one before stays until there is another in its place.
show_still() {
    read -r before </run/loketzuil/still
    display=$(setting kiosk display)
    loketzuil-splash --rotation "$(setting display rotation)" \
        --mode "$(setting display mode)" --connector "$(setting display connector)" \
        "/usr/share/loketzuil/stills/$1-${display:-1080x1920}.png" &
    echo $! >/run/loketzuil/still
    [ -z "$before" ] || { busybox sleep 5; kill "$before"; }
}
