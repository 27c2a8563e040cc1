import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
application = get_wsgi_application()
gc.freeze()  # what a process starts with is never garbage: no call looks through it again
