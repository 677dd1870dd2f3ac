"""What the delivery and its adapters tell an operator of the CAD: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY_KNOWS: Final = "De bezorging viel uit tijdens het versturen; dit CAD kan niet zeggen of het bericht er is."
NOT_THERE_YET: Final = "Onduidelijk of het is aangekomen; het staat er nog niet. Er wordt nog eens gekeken"

ONLY_FOR_EIDO: Final = "cad_ontdubbelt en cad_opvraagbaar gelden alleen bij cad_soort eido"
NO_ADDRESS: Final = "geen CAD ingesteld: zet cad_url"
NO_FOLDER: Final = "geen map voor de meldingen ingesteld: zet cad_map"
READABLE_ON_THE_WAY: Final = "cad_url begint niet met https://: meldingen zijn onderweg leesbaar"

FOLDER_MISSING: Final = "die map is er niet"
FOLDER_LOCKED: Final = "in die map mag niet worden geschreven"
CONFIRM_BY_VOICE: Final = (
    "Ligt als bestand klaar. Niemand bevestigt dit vanzelf: bel de uitgifte, en leg dat vast met F10."
)
ADDITION_TITLE: Final = "AANVULLING, GEEN NIEUWE INZET"
PASSED_ON_BY: Final = "Doorgegeven door: ____________  aan: ____________  tijd: ____________"

TABLE_TRAFFIC: Final = "[verkeer] hoort precies rust_seconden en vragen_per_uur te noemen"
TABLE_OTHER: Final = "[soorten] hoort in elk geval 'overig' te noemen"
TABLE_PRIORITIES: Final = "in [prioriteiten] hoort prio 1 het hoogst te zijn en prio 3 het laagst"
TABLE_SEVERITIES: Final = "[ernst] hoort 1, 2 en 3 een getal van 0 tot en met 2 te geven, prio 1 het hoogst"
NO_TABLE: Final = "geen tabel voor TicketsCAD ingesteld: zet cad_tabel"
NO_EXERCISE_TYPE: Final = "een oefenmelding heeft een eigen soort nodig in de tabel van cad_tabel"
NOTES_MAYBE_TWICE: Final = "Het vervolg kan dubbel in de notities staan."
NOTE: Final = "notitie"

_FIELDS: Final = {
    "scope": "eerste regel",
    "contact": "naam melder",
    "street": "straat",
    "city": "plaats",
    "phone": "telefoon",
    "address_about": "adres",
    "description": "omschrijving",
    "severity": "PRIORITEIT",
    "in_types_id": "SOORT",
    "lat": "punt",
    "lng": "punt",
    "note": "notitie",
    "incidentCommonPriorityNumber": "PRIORITEIT",
    "incidentTypeInternalCode": "SOORT",
    "locationDescriptionText": "adres",
    "callBackInformationUri": "telefoon",
}
_CODES: Final = {
    "missing_token": "vraagt een sleutel: zet de sleutel cad_token",
    "invalid_token": "kent de sleutel niet: controleer de sleutel cad_token",
    "token_revoked": "heeft de sleutel ingetrokken: vraag de beheerder van het CAD een nieuwe, zet die als cad_token",
    "token_expired": "vindt de sleutel verlopen: vraag de beheerder van het CAD een nieuwe, zet die als cad_token",
    "forbidden_scope": "geeft deze sleutel te weinig rechten: nodig zijn incidents, incident_types:read",
    "forbidden_rbac": "geeft het account van de sleutel te weinig rechten: laat de beheerder van het CAD die geven",
    "ip_not_allowed": "laat dit adres niet toe: laat de beheerder van het CAD deze computer toelaten",
    "invalid_json_body": "kon het bericht niet lezen: controleer wat er tussen deze computer en het CAD zit",
    "https_required": "eist https: laat cad_url met https:// beginnen",
    "rate_limited": "heeft te veel vragen gehad",
    "db_error": "kon het niet opslaan of opzoeken (fout in zijn database)",
    "not_found": "kent dit niet",
}


RESUMED: Final = "alles wordt weer verstuurd, het meest urgente eerst"


def link(error: str) -> str:
    return f"verbinding: {error or 'in orde'}"


def paused(failures: int) -> str:
    return f"na {failures} mislukte pogingen op rij wordt er nog maar één inzet tegelijk geprobeerd"


def set_aside(count: int, minutes: int) -> str:
    return f"{count} ouder dan {minutes} min: niet meer vanzelf verstuurd, een centralist beslist"


def not_to_send(message_id: str) -> str:
    return f"{message_id}: hoeft niet meer, of wacht op een centralist"


def still_unclear(error: str) -> str:
    return f"Onduidelijk of het is aangekomen; navragen lukt nog niet: {error}"


def lacks(*, deduplicates: bool, looks_up: bool) -> str:
    missing = [each for each, there in (("ontdubbelen", deduplicates), ("opvragen", looks_up)) if not there]
    return f", zonder {' en '.join(missing)}" if missing else ""


def sent_elsewhere(cad: str) -> str:
    return f"Ging naar een ander CAD ({cad}); daarna is het CAD gewisseld. Bel de uitgifte of het daar staat"


def not_sent(why: str) -> str:
    return f"niet verstuurd: {why}"


def does_not_deduplicate(cad_name: str) -> str:
    return f"{cad_name} zegt dat het herhaalde berichten niet herkent: zet cad_ontdubbelt op nee"


def cannot_be_asked(cad_name: str) -> str:
    return f"{cad_name} zegt dat er niet naar een bericht gevraagd kan worden: zet cad_opvraagbaar op nee"


def about_another(cad_name: str) -> str:
    return f"{cad_name}: het antwoord gaat over een ander bericht"


def folder_trouble(why: str) -> str:
    return f"de melding kan niet in de map van cad_map worden geschreven: {why}"


def sheet(incident: str, number: int, of: int) -> str:
    return f"Melding {incident}   blad {number} van {of}"


def dispatch_title(priority: int) -> str:
    return f"INZET PRIO {priority}"


def at_the_door(control_word: str) -> str:
    return f"Controlewoord, zeg het aan de deur: {control_word}"


def address(address: str) -> str:
    return f"Adres: {address or 'onbekend'}"


def point(lat: float, lon: float) -> str:
    return f"Punt: {lat:.6f}, {lon:.6f}"


def caller(name: str, role: str, number: str) -> str:
    return f"Melder: {name or 'naam onbekend'} ({role or 'rol onbekend'}), terugbellen: {number or 'onbekend'}"


def kind(code: str, text: str, form: str) -> str:
    return f"Soort: {code} {text} ({form})"


def decided(by: str, at: str) -> str:
    return f"Besloten: {by}, {at}"


def message(message_id: str) -> str:
    return f"Bericht: {message_id}"


def belongs_to(message_id: str) -> str:
    return f"Hoort bij: {message_id}"


def declined(cad_name: str, status: int, code: str) -> str:
    return f"{cad_name} {_CODES.get(code, _status(status))} ({status})"


def _status(status: int) -> str:
    if status in {401, 403}:
        return "weigert de toegang: controleer de sleutel cad_token"
    if status in {404, 405}:
        return "kent dit adres niet: controleer cad_url"
    if status == 422:
        return "weigert de melding"
    if status in {429, 503}:
        return "heeft het te druk"
    if 300 <= status < 400:
        return "verwijst door naar elders: controleer cad_url"
    return "geeft een onverwacht antwoord"


def not_the_interface(cad_name: str, status: int) -> str:
    return f"{cad_name} antwoordt iets anders dan TicketsCAD hoort te doen ({status}): controleer cad_url"


def fields(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(_FIELDS.get(name, name) for name in names))


def shortened(names: Iterable[str]) -> str:
    return f"Past niet in het CAD: {fields(names)}; voluit in de omschrijving."


def replaced(names: Iterable[str]) -> str:
    return f"Letters die het CAD niet kent zijn vervangen in: {fields(names)}."


def stored_otherwise(cad_name: str, names: Iterable[str]) -> str:
    return f"{cad_name} bewaarde anders dan gestuurd: {fields(names)}. Geef dat door aan de uitgifte."


def not_compared(why: str) -> str:
    return f"Niet nagekeken wat er is opgeslagen: {why}."


def details_missing(why: str) -> str:
    return f"Het vervolg van de bijzonderheden kwam niet over ({why}): geef het door aan de uitgifte."


def note_is_silent(cad_name: str) -> str:
    return f"{cad_name} bevestigt een aanvulling niet: bel de uitgifte, en leg dat vast met F10."


def notes_unreadable(cad_name: str) -> str:
    return f"{cad_name} laat niet zien of de aanvulling er staat"


def there_twice(cad_name: str, references: Iterable[str]) -> str:
    return f"Staat meer dan één keer in {cad_name}: {', '.join(references)}. Bel de uitgifte: er mag er één blijven"


def base_gone(cad_name: str) -> str:
    return f"de melding waar dit bij hoort staat niet (meer) in {cad_name}"


def too_many_to_search(cad_name: str) -> str:
    return f"{cad_name} heeft te veel meldingen om in te zoeken"


def type_missing(entry: str) -> str:
    return f"de tabel van cad_tabel noemt een soort die het CAD niet heeft: {entry}; die meldingen gaan als overig"


def type_sets_severity(number: int) -> str:
    return f"soort {number} zet in het CAD zelf de ernst; dat wordt na elke melding hersteld: laat het daar uitzetten"


def other_type_missing(cad_name: str, number: int) -> str:
    return f"{cad_name} heeft soort {number} niet: verbeter overig in de tabel van cad_tabel"


def table_wrong(place: object, why: str) -> str:
    return f"de tabel van cad_tabel is onbruikbaar ({place}): {why}"


def table_names(section: str, keys: Iterable[str]) -> str:
    return f"[{section}] hoort precies dit te noemen: {', '.join(keys)}"


def forms_unmapped(forms: Iterable[str]) -> str:
    return f"[vormen] noemt deze vormen niet: {', '.join(forms)}; geef elk een code uit het register"


def classes_unmapped(codes: Iterable[str]) -> str:
    return f"[soorten] noemt deze classificaties niet: {', '.join(codes)}; geef elk een nummer, zo nodig dat van overig"


def exercise_classes(code: str) -> str:
    return f"oefening.classificaties hoort {code} te noemen, en geen classificatie van een echte melding"


def no_registry_type(key: str) -> str:
    return f"{key} hoort een code uit het register te zijn, zoals FRAUD"


def no_names(key: str) -> str:
    return f"{key} hoort een of meer namen te geven"


def no_roles(key: str, known: Iterable[str]) -> str:
    return f"{key} hoort een of meer van deze rollen te geven: {', '.join(known)}"


def no_toml(where: str) -> str:
    return f"geen geldig TOML ({where})"


def table_parts(parts: Iterable[str]) -> str:
    return f"er horen precies deze delen in: {', '.join(parts)}"


def table_number(key: str, least: int, most: int) -> str:
    return f"{key} hoort een getal van {least} tot en met {most} te zijn"


def no_longer_known(cad_name: str) -> str:
    return f"{cad_name} nam deze melding aan maar kent haar niet meer; bel en vergelijk de melding"


def abilities(cad_name: str, can: Iterable[str], cannot: Iterable[str], priorities: str, limits: str) -> str:
    parts = [
        f"{cad_name} kan: {', '.join(can) or 'niets van dit alles'}",
        f"kan niet: {', '.join(cannot) or 'niets'}",
        *([f"onze prio daar: {priorities}"] if priorities else []),
        *([f"tekens per veld: {limits}"] if limits else []),
    ]
    return "; ".join(parts)


ABILITIES: Final = {
    "deduplicates": "herhaling herkennen",
    "looks_up": "opzoeken of het er is",
    "confirms": "zelf bevestigen",
    "cancels": "intrekken of sluiten",
}


def priority(ours: int, theirs: int) -> str:
    return f"{ours} = {theirs}"


def limit(field: str, most: int) -> str:
    return f"{fields([field])} {most}"


def silent(name: str, seconds: float) -> str:
    return f"{name} antwoordt niet binnen {seconds:.0f} seconden"


def refuses_key(name: str, status: int) -> str:
    return f"{name} weigert de sleutel cad_token ({status})"


def unexpected(name: str, status: int) -> str:
    return f"{name} geeft een onverwacht antwoord ({status}): controleer cad_url"
