"""Which documents value the customers: an indicator system, groups, a lifetime model."""

# SPDX-License-Identifier: Apache-2.0
import functools

import custval
from trytond.exceptions import UserError
from trytond.model import ModelSingleton, ModelSQL, ModelView, fields
from trytond.pool import PoolMeta

# What is made of a document never changes and is shared by all threads of the server.
_parsed = functools.lru_cache(maxsize=16)(lambda kind, document: kind(document))
KINDS = {"system": custval.System, "groups": custval.Groups, "lifetime": custval.Lifetime}


class Refused(UserError):
    """What the library refuses, in its own words."""

    def __init__(self, where, error):
        super().__init__(f"{where}: {error}")


class Configuration(ModelSingleton, ModelSQL, ModelView):
    "Customer Value Configuration"

    __name__ = "customer_value.configuration"

    system = fields.Text("Indicator system", help="The document that scores the answers of a customer.")
    groups = fields.Text("Groups", help="The document that puts customers into groups.")
    fixed_groups = fields.Text(
        "Fixed groups", readonly=True, help="The groups with the cuts of the last update of all customers."
    )
    lifetime = fields.Text("Lifetime model", help="The document that says who is still a customer, and what for.")
    horizon = fields.Float("Horizon", required=True, help="Units of time of the lifetime model to look ahead.")
    rate = fields.Float("Discount rate per year", required=True)

    @staticmethod
    def default_horizon():
        return 52.0

    @staticmethod
    def default_rate():
        return 0.1

    @classmethod
    def validate(cls, records):
        super().validate(records)
        for record in records:
            for name in KINDS:
                record.parsed(name)

    @classmethod
    def write(cls, *args):
        # The cuts belong to the document that they were taken for.
        actions = [
            {**values, "fixed_groups": None} if "groups" in values and "fixed_groups" not in values else values
            for values in args[1::2]
        ]
        super().write(*(part for pair in zip(args[::2], actions) for part in pair))

    def parsed(self, name):
        """The object of a document, None if there is none."""
        document = getattr(self, name)
        if not document or not document.strip():
            return None
        try:
            return _parsed(KINDS[name.replace("fixed_", "")], document)
        except custval.Error as error:
            raise Refused(name, error) from error


class Cron(metaclass=PoolMeta):
    __name__ = "ir.cron"

    @classmethod
    def __setup__(cls):
        super().__setup__()
        cls.method.selection.append(("party.party|update_all_values", "Update Customer Values"))
