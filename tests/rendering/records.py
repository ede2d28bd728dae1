"""Records made up for these tests: invented clubs and people, no report behind most of them."""

from __future__ import annotations

from matchcli.record import Event, Match, Reason, Record, Reference, Score, Source, Tally, Team, Warning_

EVENING_TEXT = """Il Vallescura ribalta il Porto Cedrino nel finale

Il Vallescura vince 2-1 al Comunale delle Querce. Al 12' Bruno Saltini porta avanti gli ospiti \
con un diagonale dal limite. La gara cambia dopo l'intervallo: Tommaso Ferrandi pareggia di \
testa poco prima dell'ora di gioco e dodici minuti più tardi lo stesso Ferrandi firma il sorpasso \
su rigore. Nel recupero viene espulso Ezio Carnevari.
"""


def event(type: str, **given: object) -> Event:
    """Make an event; what is not given is null, and its words are its type."""
    values: dict[str, object] = {"text": f"({type})", "span": (0, len(type) + 2), "confidence": 0.9}
    minute = given.get("minute")
    if minute is not None:
        values |= {"minute_range": (minute, minute), "minute_basis": "stated"}
        values["period"] = _period(int(str(minute)))
    return Event(type=type, **(values | given))  # type: ignore[arg-type]


def _period(minute: int) -> str:
    return "1H" if minute <= 45 else "2H" if minute <= 90 else "ET1" if minute <= 105 else "ET2"


def quoted(words: str) -> dict[str, object]:
    """Give text and span of an event whose words stand in ``EVENING_TEXT``."""
    start = EVENING_TEXT.index(words)
    return {"text": words, "span": (start, start + len(words))}


def source(path: str = "sera.txt", text: str = EVENING_TEXT, match: int = 0) -> Source:
    """Make a source; the hash is no real one."""
    return Source(path=path, sha256=f"{path}-hash", match=match, span=(0, len(text)))


def record(
    events: list[Event],
    *,
    home: str | None = "Vallescura",
    away: str | None = "Porto Cedrino",
    score: tuple[int | None, int | None] = (None, None),
    path: str = "sera.txt",
    summary: str = "",
    warnings: list[Warning_] | None = None,
    half_time: tuple[int, int] | None = None,
    extra_time: bool = False,
    shootout: tuple[int, int] | None = None,
    home_coach: str | None = None,
    away_coach: str | None = None,
    **header: object,
) -> Record:
    """Make a record out of its events and what is known of its header."""
    return Record(
        source=source(path),
        match=Match(
            home=Team(name=home, coach=home_coach),
            away=Team(name=away, coach=away_coach),
            score=Score(
                home=score[0],
                away=score[1],
                half_time=_tally(half_time),
                extra_time=extra_time,
                shootout=_tally(shootout),
            ),
            **header,  # type: ignore[arg-type]
        ),
        events=events,
        summary=summary,
        warnings=warnings or [],
    )


def _tally(goals: tuple[int, int] | None) -> Tally | None:
    return None if goals is None else Tally(home=goals[0], away=goals[1])


def goal(team: str, player: str | None, minute: int | None, score: tuple[int, int], **given: object) -> Event:
    """Make a goal with the score after it."""
    return event("goal", team=team, player=player, minute=minute, score=_tally(score), **given)


def evening() -> Record:
    """A turned match with a bounded minute, a chained one, a penalty and a late red card."""
    return record(
        [
            goal(
                "away",
                "Bruno Saltini",
                12,
                (0, 1),
                **quoted("Al 12' Bruno Saltini porta avanti gli ospiti con un diagonale dal limite"),
            ),
            event(
                "goal",
                team="home",
                player="Tommaso Ferrandi",
                period="2H",
                minute_range=(53, 59),
                minute=56,
                minute_basis="bounded",
                qualifiers=["header"],
                score=Tally(home=1, away=1),
                explain=[Reason(kind="time", words="poco prima dell'ora di gioco", minutes=(53, 59))],
                **quoted("Tommaso Ferrandi pareggia di testa poco prima dell'ora di gioco"),
            ),
            event(
                "goal",
                team="home",
                player="Tommaso Ferrandi",
                period="2H",
                minute_range=(64, 72),
                minute=68,
                minute_basis="derived",
                qualifiers=["penalty"],
                score=Tally(home=2, away=1),
                explain=[
                    Reason(kind="time", words="poco prima dell'ora di gioco", minutes=(53, 59)),
                    Reason(
                        kind="offset",
                        words="dodici minuti più tardi",
                        minutes=(11, 13),
                        other=Reference(type="goal", player="Tommaso Ferrandi", minute_range=(53, 59)),
                    ),
                    Reason(kind="window", minutes=(64, 72)),
                ],
                **quoted("dodici minuti più tardi lo stesso Ferrandi firma il sorpasso su rigore"),
            ),
            event(
                "red_card",
                team="away",
                player="Ezio Carnevari",
                minute=90,
                **quoted("Nel recupero viene espulso Ezio Carnevari"),
            ),
        ],
        score=(2, 1),
        half_time=(0, 1),
        competition="Coppa delle Valli",
        round="semifinale",
        venue="Comunale delle Querce",
        referee="Livia Andreoni",
        attendance=12450,
        home_coach="Aldo Brisighelli",
    )


def busy() -> Record:
    """Thirty events over a hundred and twenty minutes and a shoot-out."""
    sides = ("home", "away")
    events = [
        event("kick_off", period="1H", minute=1),
        event("shot", team="home", player="Ciro Malandra", minute=4, outcome="saved", player2="Gentilucci"),
        event("shot", team="away", player="Jan Obrecht", minute=9, outcome="woodwork", qualifiers=["post"]),
        event("yellow_card", team="away", player="Pietro Dell'Orso", minute=15),
        goal("home", "Ciro Malandra", 18, (1, 0), assist="Nando Quercetti", qualifiers=["header", "corner"]),
        event("penalty_appeal", team="away", player="Jan Obrecht", minute=23),
        event("injury", team="home", player="Gabriele Sforzini", minute=27),
        event("substitution", team="home", player="Ivo Tassinari", player_off="Gabriele Sforzini", minute=29),
        event("disallowed_goal", team="away", player="Kwame Adomako", minute=33, qualifiers=["var"]),
        event("penalty_awarded", team="away", player="Kwame Adomako", player2="Rino Baldacci", minute=38),
        event("penalty_missed", team="away", player="Jan Obrecht", player2="Lapo Merisi", minute=40),
        event("yellow_card", team="home", player="Rino Baldacci", minute=45, stoppage=2),
        event("half_time", period="1H", minute=45),
        event("substitution", team="away", player="Dario Pellicani", player_off="Dell'Orso", minute=46),
        goal("away", "Dario Pellicani", 51, (1, 1), assist="Jan Obrecht", qualifiers=["left_foot"]),
        event(
            "shot",
            team="home",
            player="Nando Quercetti",
            period="2H",
            minute_range=(52, 66),
            minute=59,
            minute_basis="bounded",
            outcome="off_target",
        ),
        event("second_yellow", team="home", player="Rino Baldacci", minute=66),
        goal("away", "Lapo Merisi", 71, (1, 2), qualifiers=["own_goal", "deflected"]),
        event("substitution", team="home", player="Oreste Valpiana", player_off="Ciro Malandra", minute=74),
        event("penalty_overturned", team="home", player="Oreste Valpiana", minute=79, qualifiers=["var"]),
        event("shot", team="home", player="Ivo Tassinari", period="2H"),
        event("shot", team="away", player="Kwame Adomako", minute=86, outcome="cleared"),
        goal("home", "Oreste Valpiana", 90, (2, 2), stoppage=5, qualifiers=["tap_in", "rebound"]),
        event("full_time", period="2H", minute=90),
        event("shot", team="away", player="Dario Pellicani", minute=94, outcome="blocked"),
        event("red_card", team="away", player=None, minute=99),
        event("yellow_card", team="home", player="Nando Quercetti", minute=105, stoppage=1),
        event(
            "shot",
            team="home",
            player="Oreste Valpiana",
            period="ET2",
            minute_range=(106, 120),
            minute_basis="bounded",
            outcome="woodwork",
            qualifiers=["crossbar", "volley"],
        ),
        event("shot", team="away", player="Kwame Adomako", minute=119, outcome="saved"),
        event("full_time", period="ET2", minute=120),
    ]
    assert len(events) == 30 and {e.team for e in events} >= set(sides)
    return record(
        events,
        home="Atletico Fossanera",
        away="Olympique Sainte-Brume",
        score=(2, 2),
        half_time=(1, 0),
        extra_time=True,
        shootout=(4, 5),
        competition="Trofeo dei Laghi",
        venue="Stadio delle Ginestre",
        referee="Ottavio Rampinelli",
        path="laghi.txt",
    )


def bare() -> Record:
    """A record of which next to nothing is known."""
    return record([event("goal")], home=None, away=None, path="nulla.txt")


def hostile() -> Record:
    """A record whose strings try to command the terminal, the markup, a page or a spreadsheet."""
    nasty = "\x1b[31mRosso\x1b[0m \x9b2J [bold]Neri[/bold] <script>alert(1)</script> \u202egol\u2066"
    reason = Reason(kind="meant", words=nasty, name=nasty)
    return record(
        [
            event("goal", team="home", player=nasty, minute=3, text=nasty, explain=[reason]),
            event("red_card", team="away", player='=HYPERLINK("http://esempio.invalid")', minute=8),
            event("injury", team="away", player="+39 | `codice` *stelle* _righe_ | fine", minute=10),
        ],
        home="[red]Inter[/red]ludio",
        away="@Sporting\tTab\r\nRiga",
        venue=nasty,
        warnings=[Warning_(code="[x]", message=nasty)],
        path="cattivo.txt",
    )
