"""A small project on the database that the file `database.json` describes."""

import json
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import execute_from_command_line

HERE = Path(__file__).parent
DATABASE = json.loads((HERE / "database.json").read_text())

if DATABASE["ENGINE"].endswith("mysql"):
    import pymysql

    # Django asks for this version of the driver that PyMySQL stands in for.
    pymysql.version_info = (2, 2, 7, "final", 0)
    pymysql.install_as_MySQLdb()

settings.configure(
    DATABASES={"default": DATABASE},
    INSTALLED_APPS=["shop", "billing"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()
execute_from_command_line(sys.argv)
