"""A night at random: people act, things break, and afterwards every promise is asked after.

    .venv/bin/python -m benchmarks.soak [SECONDS] [SEED]

`house` is what runs, `people` and `forms` who acts, `faults` what strikes, `evidence` what is read afterwards, and
`checks` the promises. The seed chooses who does what and what breaks; the machine decides when, so that a seed that
failed fails again often, not always.
"""
