"""Who plays with whom, and on which side: evidence handed along ties."""

from hypothesis import given
from hypothesis import strategies as st

from matchcli.timeline.sides import SideNetwork, opposite


def test_a_mate_of_a_known_player_is_on_his_side_and_an_opponent_is_not():
    network = SideNetwork()
    network.tell("Ferri", "home", 2.0)
    network.tie("Ferri", "Sala", same=True, weight=1.0)
    network.tie("Sala", "Greco", same=False, weight=1.0)
    network.settle()
    assert (network.side("Sala"), network.side("Greco")) == ("home", "away")


def test_nobody_is_placed_without_evidence():
    network = SideNetwork()
    network.tie("Ferri", "Sala", same=True)
    network.settle()
    assert network.side("Ferri") is None


def test_a_company_that_changes_sides_keeps_who_plays_with_whom():
    network = SideNetwork()
    network.tell("Ferri", "home", 0.3)
    network.tie("Ferri", "Sala", same=True)
    network.tie("Sala", "Greco", same=False)
    network.settle()
    company = network.company("Greco")
    assert company == {"Ferri", "Sala", "Greco"}
    assert network.anchor(company) > 0
    network.change_sides(company)
    network.settle()
    assert [network.side(p) for p in ("Ferri", "Sala", "Greco")] == ["away", "away", "home"]


PEOPLE = st.sampled_from("ABCDEF")
TIES = st.lists(st.tuples(PEOPLE, PEOPLE, st.booleans(), st.floats(0.1, 3)), max_size=12)
TOLD = st.lists(st.tuples(PEOPLE, st.sampled_from(["home", "away"]), st.floats(0.1, 3)), max_size=6)


@given(TIES, TOLD)
def test_the_mirror_of_all_evidence_gives_the_mirror_of_all_sides(ties, told):
    straight, mirrored = SideNetwork(), SideNetwork()
    for one, other, same, weight in ties:
        straight.tie(one, other, same, weight)
        mirrored.tie(one, other, same, weight)
    for node, side, weight in told:
        straight.tell(node, side, weight)
        mirrored.tell(node, opposite(side), weight)
    straight.settle()
    mirrored.settle()
    for node in "ABCDEF":
        assert abs(straight.belief(node) + mirrored.belief(node)) < 1e-9
