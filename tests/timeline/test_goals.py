"""The score and the scorers' sides are settled together."""

from matchcli.extraction.persons import Person
from matchcli.record import Match, Score, Team
from matchcli.timeline.finals import OpenResult, PossibleFinal, possible_finals, set_final
from matchcli.timeline.goals import decide_goals, settle_teams
from matchcli.timeline.merge import Evidence, MatchEvent
from matchcli.timeline.result import ToldResult
from matchcli.timeline.sides import SideNetwork


def match(home: int, away: int) -> Match:
    return Match(home=Team(name="Borgo"), away=Team(name="Villa"), score=Score(home=home, away=away))


def goal(player: Person, at: int, kind: str = "goal") -> MatchEvent:
    return MatchEvent(type=kind, player=player, evidence=[Evidence((at, at + 5))])


def scorers(network: SideNetwork) -> tuple[Person, Person]:
    """Two opponents of whom a weak sign says that the first plays at home."""
    ferri, sala = Person("Ferri"), Person("Sala")
    network.tell(ferri, "home", 0.05)
    network.tie(ferri, sala, same=False, weight=1.0)
    network.settle()
    return ferri, sala


def test_the_final_score_turns_round_a_company_whose_side_is_only_guessed():
    network = SideNetwork()
    ferri, sala = scorers(network)
    goals = [goal(ferri, 0), goal(sala, 50), goal(sala, 100)]
    assert decide_goals([(g, None) for g in goals], match(2, 1), network) == []
    assert [g.team for g in goals] == ["away", "home", "home"]


def test_a_company_that_line_ups_place_stays_where_it_is():
    network = SideNetwork()
    ferri, sala = scorers(network)
    network.tell(ferri, "home", 9.0)
    network.tell(sala, "away", 9.0)
    network.settle()
    goals = [goal(ferri, 0), goal(sala, 50), goal(sala, 100)]
    decide_goals([(g, None) for g in goals], match(1, 2), network)
    assert [g.team for g in goals] == ["home", "away", "away"]


def test_a_goal_too_many_is_refused():
    network = SideNetwork()
    ferri, sala = scorers(network)
    weak = goal(sala, 100)
    weak.confidence, weak.flags = 0.1, {"aside"}
    goals = [goal(ferri, 0), goal(ferri, 50), weak]
    refused = decide_goals([(g, None) for g in goals], match(2, 0), network)
    assert refused == [weak]


def test_a_goal_dimly_told_counts_only_where_the_score_asks_for_it():
    for home, counts in ((2, True), (1, False)):
        network = SideNetwork()
        ferri, _ = scorers(network)
        dim = goal(ferri, 50)
        dim.evidence[0].weight = 0.2
        refused = decide_goals([(goal(ferri, 0), None), (dim, None)], match(home, 0), network)
        assert (refused == []) is counts


def test_a_goal_dimly_told_of_a_match_without_a_score_is_refused():
    network = SideNetwork()
    ferri, _ = scorers(network)
    dim = goal(ferri, 50)
    dim.evidence[0].weight = 0.2
    without = Match(home=Team(name="Borgo"), away=Team(name="Villa"), score=Score())
    assert decide_goals([(goal(ferri, 0), None), (dim, None)], without, network) == [dim]


def test_other_events_follow_the_sides_of_the_scorers():
    network = SideNetwork()
    ferri, sala = scorers(network)
    shot = goal(sala, 10, "shot")
    goals = [goal(ferri, 0), goal(ferri, 50)]
    decide_goals([(g, None) for g in goals], match(0, 2), network)
    settle_teams([*goals, shot], network)
    assert shot.team == "home"


def placed_scorers() -> tuple[SideNetwork, Person, Person]:
    network = SideNetwork()
    ferri, sala = scorers(network)
    network.tell(ferri, "home", 9.0)
    network.tell(sala, "away", 9.0)
    network.settle()
    return network, ferri, sala


def open_match() -> Match:
    return Match(home=Team(name="Borgo"), away=Team(name="Villa"), score=Score())


def test_of_two_scores_that_may_be_final_the_goals_choose():
    network, ferri, sala = placed_scorers()
    goals = [goal(ferri, 0), goal(sala, 50), goal(sala, 100)]
    without = open_match()
    finals = [PossibleFinal((2, 1), 0.8), PossibleFinal((1, 2), 0.6)]
    decide_goals([(g, None) for g in goals], without, network, OpenResult(finals))
    assert (without.score.home, without.score.away) == (1, 2)
    assert [g.team for g in goals] == ["home", "away", "away"]


def test_a_score_that_hardly_anything_calls_final_gives_way_to_the_goals():
    network, ferri, sala = placed_scorers()
    goals = [goal(ferri, 0), goal(sala, 50), goal(sala, 100)]
    without = open_match()
    decide_goals([(g, None) for g in goals], without, network, OpenResult([PossibleFinal((3, 0), -1.5)]))
    assert without.score.home is None
    assert [g.team for g in goals] == ["home", "away", "away"]


def test_what_reader_and_phrases_both_call_final_is_the_surest():
    found = possible_finals({(2, 1): 0.6, (1, 2): 0.4, (1, 0): 0.0}, ToldResult(final=(1, 2), weight=2.0))
    assert found[0].goals == (1, 2)
    assert (1, 0) not in [final.goals for final in found]


def test_a_half_time_score_with_more_goals_than_the_final_one_is_none():
    score = Score(half_time={"home": 2, "away": 0})
    set_final(score, (1, 1))
    assert (score.home, score.away, score.half_time) == (1, 1, None)
