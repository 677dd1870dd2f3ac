# A machine of its own inside this one: accounts, settings and programs that stand nowhere else and go with the process.
# unshare --mount -- sh machine_of_its_own.sh FOLDER VENV PROJECT PYTHON command...
set -eu
folder=$1 venv=$2 project=$3 base=$4
shift 4
mount --make-rprivate /
mkdir -p "$folder/etc" "$folder/kept" "$folder/thuis" "$folder/huis"
cp -a /etc/. "$folder/etc/"
i=0
for needed in "$base" "$venv" "$project"; do # an ordinary account may have no way into the folders of whoever tests
    i=$((i + 1))
    mkdir -p "$folder/kept/$i"
    mount --bind "$needed" "$folder/kept/$i"
done
mount -t tmpfs -o mode=0755 tmpfs /root
mount -t tmpfs -o mode=0755 tmpfs /opt
mount -t tmpfs -o mode=0755 tmpfs /usr/local/bin
mount -t tmpfs -o mode=0755 tmpfs /var/lib
i=0
for needed in "$base" "$venv" "$project"; do
    i=$((i + 1))
    [ -e "$needed/." ] || { mkdir -p "$needed" && mount --bind "$folder/kept/$i" "$needed"; }
done
mount --bind "$folder/etc" /etc
mount --bind "$folder/thuis" /home
groupadd --gid 64711 meldkamer
for account in centralist1:console centralist2:lijn ploegchef:overzicht; do
    useradd --create-home --gid meldkamer --shell "/usr/local/bin/meldkamer-${account#*:}" "${account%:*}" 2>/dev/null
    usermod --password '*' "${account%:*}"
done
mkdir -p /opt/meldkamer /var/lib/meldkamer /etc/meldkamer
ln -s "$venv" /opt/meldkamer/current
install -m 0755 "$project"/console/release/site/inlogschil/* /usr/local/bin/
ln -s /opt/meldkamer/current/bin/meldkamer /usr/local/bin/meldkamer
mount --bind "$folder/huis" /var/lib/meldkamer
chgrp meldkamer /var/lib/meldkamer && chmod 2770 /var/lib/meldkamer
cat > /etc/meldkamer/instellingen.toml <<'SETTINGS'
gegevensmap = "/var/lib/meldkamer"
groep = "meldkamer"
oefening = true
cad_url = "http://127.0.0.1:9"
[rollen]
centralist = ["centralist1", "centralist2"]
ovd = ["ploegchef"]
SETTINGS
exec "$@"
