# Checked by a public linter (scripts/lint-deployment), and not built on the machine it was written on, which has no
# container engine.
FROM python:3.11-slim-bookworm
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-cache-dir --no-deps . && useradd --system --no-create-home --uid 999 missing
# Nothing is written to its disk: it may be read-only.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 999
ENTRYPOINT ["missing-bot"]
CMD ["run"]
