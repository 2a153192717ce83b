"""Customer value on the parties of Tryton: see docs/crm.md of custval."""

# SPDX-License-Identifier: Apache-2.0
from trytond.pool import Pool

from . import configuration, party


def register():
    Pool.register(
        configuration.Configuration,
        configuration.Cron,
        party.Answer,
        party.Party,
        party.WhyShown,
        module="customer_value",
        type_="model",
    )
    Pool.register(party.Why, party.Update, module="customer_value", type_="wizard")
