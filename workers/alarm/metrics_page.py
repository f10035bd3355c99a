"""What `/metrics` answers: the table of `bot.ports.metrics`, in Prometheus' text format and by its naming."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.core import Metric as Family

from bot.ports.metrics import Counts, Label, Measured, Metric, Series, Timed, counted, timed

Readings = Mapping[Measured, Series]


class _Page(CollectorRegistry):
    """Asked once. Nothing is registered with it, and nothing of this process is told."""

    def __init__(self, readings: Readings, counts: Counts | None) -> None:
        super().__init__()
        self._readings = readings
        self._counts = counts

    def collect(self) -> Iterator[Family]:
        for measured, series in self._readings.items():
            gauge = GaugeMetricFamily(measured.told_as, measured.says, labels=_names(measured.labels))
            for words, value in series.items():
                gauge.add_metric(words, value)
            yield gauge
        if self._counts is None:
            return
        for metric in Metric:
            counter = CounterMetricFamily(metric.told_as, metric.says, labels=_names(metric.labels))
            for words, count in counted(self._counts, metric).items():
                counter.add_metric(words, count)
            yield counter
        for what in Timed:
            histogram = HistogramMetricFamily(what.told_as, what.says, labels=_names(what.labels))
            for words, took in timed(self._counts, what).items():
                histogram.add_metric(words, list(took.buckets), took.seconds)
            yield histogram


def page(readings: Readings, counts: Counts | None) -> bytes:
    """`counts`: None where the record is away; then none of them is told."""
    return generate_latest(_Page(readings, counts))


def _names(labels: tuple[Label, ...]) -> tuple[str, ...]:
    return tuple(label.name for label in labels)
