FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN useradd --system --create-home disclosure \
    && mkdir media staticfiles && chown disclosure media
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# The static files are part of the image; whitenoise serves them. DEBUG is for this step
# alone, which needs no secret.
RUN DEBUG=1 python manage.py collectstatic --noinput
USER disclosure
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=8s --start-period=30s \
    CMD ["python", "tools/probe.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "disclosure.wsgi:application"]
