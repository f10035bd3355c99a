"""Which benchmarks `make benchmark` runs, in this order, and what each is given: each some minutes on two cores."""

MEASURED: dict[str, tuple[str, ...]] = {
    "acknowledged": ("5", "1", "20", "100"),
    "flat_in_open": ("1000", "10000"),
    "appends": ("800", "3"),
    "due_to_posted": ("100",),
    "storm": ("60", "1000"),
    "breaches": ("1000",),
    "idle": ("60",),
    "start_up": ("5",),
}
