"""The marker words that are typed everywhere and must reach no disk in the clear."""

#: By what they stand for. Each holds letters that look different in different encodings, or none that do.
CANARIES = {
    "name": "Zebraqvist",
    "place": "Ugglemossen",
    "words": "papegojfjäder",
    "contact": "Röksvampsgränd",
    "half": "älgkalvsspår",
    "search": "Zebraqvi",
    "caseworker": "Lodjursdotter",
    "holder": "Hermelinsson",
    "medium": "Vessleminnet",
    "passphrase": "ostronskivling",
    "wrong passphrase": "kantarellsoppa",
    "identity number": "19970516-2387",
    "short identity number": "970516-2387",
}
PASSPHRASE = "näktergal ostronskivling tunnbröd mossa"
WRONG_PASSPHRASE = "kantarellsoppa vinbärsblad ekollon brygga"
FULL_NAME = f"Klara {CANARIES['name']}"
WORDS = tuple(CANARIES.values())


def seen_in(texts: str) -> set[str]:
    """Which of the canaries stand in what a person could read."""
    return {key for key, word in CANARIES.items() if word.lower() in texts.lower()}
