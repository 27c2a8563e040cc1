FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN DEBUG=1 python manage.py collectstatic --noinput && useradd --system disclosure
USER disclosure
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "disclosure.wsgi:application"]
