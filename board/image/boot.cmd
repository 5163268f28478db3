# Run by U-Boot, on the board and in QEMU: the first slot that loads is booted.
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
# For a technician at the serial console: more=... is added to the kernel's arguments.
setenv more
if load ${devtype} ${devnum}:1 ${kernel_at} more.env; then
    env import -t ${kernel_at} ${filesize} more
fi
for slot in A B; do
    if test "${slot}" = "A"; then setenv part 2; else setenv part 3; fi
    if load ${devtype} ${devnum}:${part} ${kernel_at} slot.env; then
        env import -t ${kernel_at} ${filesize} verity card
        setexpr root ${part} + 3
        # Huge pages would keep 50 MB out of use, on a machine that has 1 GB.
        setenv bootargs "console=${console} loglevel=4 panic=5 transparent_hugepage=never vt.global_cursor_default=0 net.ifnames=0 loketzuil.slot=${slot} loketzuil.card=${card} loketzuil.root=${root} loketzuil.verity=${verity} ${more}"
        if load ${devtype} ${devnum}:${part} ${kernel_at} vmlinuz; then
            if load ${devtype} ${devnum}:${part} ${initrd_at} initrd.img; then
                echo "loketzuil: slot ${slot}"
                booti ${kernel_at} ${initrd_at}:${filesize} ${fdt_addr}
            fi
        fi
    fi
done
echo "loketzuil: no slot can be booted"
sleep 5
reset
