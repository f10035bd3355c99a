"""App Home: the open cases, as at the moment it was opened."""

from tests.handlers.evening import Evening, id_of


def test_home_lists_the_open_cases(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"))
    evening.person("fay").open_home()

    def listed() -> bool:
        home = evening.person("fay").home
        return home is not None and home.says("MC-26-0001 · age 15 · no owner")

    evening.workspace.wait_for(listed, "the case on the home page")


def test_a_stranger_has_an_empty_home(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"))
    evening.person("pat").open_home()
    evening.person("fay").open_home()
    evening.workspace.wait_for(lambda: evening.person("fay").home, "the home of somebody known")
    assert evening.person("pat").home is None
