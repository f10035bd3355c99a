# Not built on the machine it was written on, which has no container engine: check it where you have one.
FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-cache-dir --no-deps . && useradd --system missing
USER missing
ENTRYPOINT ["missing-bot"]
CMD ["run"]
