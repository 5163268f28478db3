# Run by U-Boot, on the board and in QEMU: starts one of the two slots.
#
# Two copies of a state stand before the first partition (board/image/state): which slot
# is first, and how many tries each has left. A start takes one; a kiosk that stands gives
# all of them back, and makes its slot the first. A slot that could not be started three
# times in a row is left for the other one. Has that one none left either, the slot hears
# that it is the last: then it doesn't start the board anew, but says on the panel that
# nothing goes.

# Far from the addresses that U-Boot has by default: there a large kernel overlaps.
if test "${devtype}" = "virtio"; then
    setenv kernel_at 0x50000000
    setenv initrd_at 0x58000000
    setenv console ttyAMA0
else
    setenv kernel_at 0x10000000
    setenv initrd_at 0x18000000
    setenv console ttyS1,115200
fi
# The panel is for the splash.
setenv stdout serial
setenv stderr serial

# For a technician at the serial console: more=... is added to the kernel's arguments.
setenv more
if test -e ${devtype} ${devnum}:1 more.env; then
    load ${devtype} ${devnum}:1 ${kernel_at} more.env
    env import -t ${kernel_at} ${filesize} more
fi

setenv first A
setenv tries_A 3
setenv tries_B 3
${devtype} dev ${devnum}
${devtype} read ${kernel_at} 0x40 1
if env import -c ${kernel_at} 0x200 first tries_A tries_B; then
    echo "loketzuil: the first copy of the state"
else
    ${devtype} read ${kernel_at} 0x440 1
    env import -c ${kernel_at} 0x200 first tries_A tries_B
fi

# An empty slot can't be tried.
setenv full_A
setenv full_B
if test -e ${devtype} ${devnum}:2 slot.env; then setenv full_A yes; else setenv tries_A 0; fi
if test -e ${devtype} ${devnum}:3 slot.env; then setenv full_B yes; else setenv tries_B 0; fi
if test "${tries_A}${tries_B}" = "00"; then
    # Both have failed: it begins anew.
    if test -n "${full_A}"; then setenv tries_A 3; fi
    if test -n "${full_B}"; then setenv tries_B 3; fi
fi

if test "${first}" = "B"; then setenv other A; else setenv other B; fi
setenv slot
for name in ${first} ${other}; do
    if test -z "${slot}"; then
        if test "${name}" = "A" && test "${tries_A}" != "0"; then
            setenv slot A
            setenv part 2
            setenv root 5
            setenv left ${tries_B}
            setexpr tries_A ${tries_A} - 1
        elif test "${name}" = "B" && test "${tries_B}" != "0"; then
            setenv slot B
            setenv part 3
            setenv root 6
            setenv left ${tries_A}
            setexpr tries_B ${tries_B} - 1
        fi
    fi
done
if test -z "${slot}"; then
    echo "loketzuil: there is nothing to start on this card"
    sleep 5
    reset
fi
setenv last
if test "${left}" = "0"; then setenv last loketzuil.last; fi
echo "loketzuil: slot ${slot} ${last}, tries left: A ${tries_A}, B ${tries_B}"

env export -c -s 0x200 ${kernel_at} first tries_A tries_B
${devtype} write ${kernel_at} 0x40 1
${devtype} write ${kernel_at} 0x440 1

load ${devtype} ${devnum}:${part} ${kernel_at} slot.env
env import -t ${kernel_at} ${filesize} verity card
# Huge pages would keep 50 MB out of use, on a machine that has 1 GB.
setenv bootargs "console=${console} loglevel=4 panic=5 transparent_hugepage=never vt.global_cursor_default=0 net.ifnames=0 loketzuil.slot=${slot} loketzuil.card=${card} loketzuil.root=${root} loketzuil.verity=${verity} ${last} ${more}"
if load ${devtype} ${devnum}:${part} ${kernel_at} vmlinuz; then
    if load ${devtype} ${devnum}:${part} ${initrd_at} initrd.img; then
        booti ${kernel_at} ${initrd_at}:${filesize} ${fdt_addr}
    fi
fi
echo "loketzuil: slot ${slot} cannot be loaded"
sleep 2
reset
