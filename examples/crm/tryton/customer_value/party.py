"""What parties answered, what they are worth, and why."""

# SPDX-License-Identifier: Apache-2.0
import custval
from sql import Literal
from sql.conditionals import Coalesce
from trytond.model import ModelSQL, ModelView, fields
from trytond.pool import Pool, PoolMeta
from trytond.tools import grouped_slice, reduce_ids
from trytond.transaction import Transaction
from trytond.wizard import Button, StateTransition, StateView, Wizard

from .configuration import Refused
from .valuation import columns_of_answers, complete, expected, number, readable, scored


class Answer(ModelSQL, ModelView):
    "Answer of a Customer"

    __name__ = "customer_value.answer"

    party = fields.Many2One("party.party", "Party", required=True, ondelete="CASCADE", select=True)
    question = fields.Char("Question", required=True, help="The column of the indicator system.")
    number = fields.Float("Number")
    text = fields.Char("Text", help="Where the answer is no number.")
    date = fields.Date("Date", required=True)

    @staticmethod
    def default_date():
        return Pool().get("ir.date").today()

    @classmethod
    def __setup__(cls):
        super().__setup__()
        cls._order = [("date", "DESC"), ("id", "DESC")]


class Party(metaclass=PoolMeta):
    __name__ = "party.party"

    value_answers = fields.One2Many("customer_value.answer", "party", "Answers")
    perceived_value = fields.Float("Perceived value", readonly=True)
    perceived_benefit = fields.Float("Benefit", readonly=True)
    perceived_sacrifice = fields.Float("Sacrifice", readonly=True)
    value_problems = fields.Char("Problems", readonly=True, help="Why there is no value, or what was done to it.")
    value_group = fields.Char("Group", readonly=True, select=True)
    alive = fields.Float("Still a customer", readonly=True, help="Probability.")
    lifetime_value = fields.Float("Lifetime value", readonly=True, help="Expected over the horizon, as of today.")
    value_date = fields.Date("Valued on", readonly=True)

    @classmethod
    def __setup__(cls):
        super().__setup__()
        cls._buttons.update(update_values={}, explain_value={})

    @classmethod
    @ModelView.button
    def update_values(cls, parties):
        """Values these parties; their groups are cut as at the last update of all."""
        configuration = Pool().get("customer_value.configuration")(1)
        known = cls._known(configuration, parties)
        cls._assign(known, configuration.parsed("fixed_groups") or configuration.parsed("groups"))
        cls._write_values(parties, known)

    @classmethod
    def update_all_values(cls):
        """Values every party in one go, and cuts the groups anew."""
        configuration = Pool().get("customer_value.configuration")(1)
        parties = cls.search([])
        if not parties:
            return
        known = cls._known(configuration, parties)
        groups = configuration.parsed("groups")
        if groups is not None:
            try:
                groups = groups.fix(complete(known, groups.measures.values(), len(parties)))
            except custval.Error as error:
                raise Refused("groups", error) from error
            configuration.write([configuration], {"fixed_groups": groups.dumps()})
        cls._assign(known, groups)
        cls._write_values(parties, known)

    @classmethod
    @ModelView.button_action("customer_value.wizard_why")
    def explain_value(cls, parties):
        pass

    # --- What is known of them: columns by name, one row per party.

    @classmethod
    def _known(cls, configuration, parties):
        ids = [party.id for party in parties]
        today = Pool().get("ir.date").today()
        known = columns_of_answers(ids, cls._select_answers(ids))
        system, lifetime = configuration.parsed("system"), configuration.parsed("lifetime")
        try:
            if system is not None:
                known.update(scored(system, known, len(ids), today))
            purchases = cls._select_purchases(ids)
            spent = dict.fromkeys(ids, 0.0)
            for party, _, amount in purchases:
                spent[party] += amount
            known["won"] = list(spent.values())
            if lifetime is not None and purchases:
                known.update(expected(lifetime, ids, purchases, today, configuration.horizon, configuration.rate))
        except custval.Error as error:
            raise Refused("customer value", error) from error
        return known

    @classmethod
    def _select_answers(cls, ids):
        table = Pool().get("customer_value.answer").__table__()
        columns = (table.party, table.question, table.number, table.text)
        return cls._select(table, columns, ids, Literal(True), (table.date, table.id))

    @classmethod
    def _select_purchases(cls, ids):
        table = Pool().get("sale.opportunity").__table__()
        columns = (table.party, Coalesce(table.end_date, table.start_date), table.amount)
        rows = cls._select(table, columns, ids, (table.state == "won") & (table.amount > 0), (table.id,))
        # SQLite gives dates as texts, and PostgreSQL amounts as decimals.
        return [(party, str(date), float(amount)) for party, date, amount in rows]

    @staticmethod
    def _select(table, columns, ids, where, order):
        cursor = Transaction().connection.cursor()
        rows = []
        for some in grouped_slice(ids):
            query = table.select(*columns, where=where & reduce_ids(table.party, list(some)), order_by=order)
            cursor.execute(*query)
            rows += cursor.fetchall()
        return rows

    @staticmethod
    def _assign(known, groups):
        if groups is None:
            return
        rows = len(known["won"])
        try:
            known["group"] = groups.assign(complete(known, groups.measures.values(), rows))["group"]
        except custval.Error as error:
            raise Refused("groups", error) from error

    @classmethod
    def _write_values(cls, parties, known):
        """Writes what has changed."""
        today = Pool().get("ir.date").today()
        numbers = {
            "perceived_value": "value",
            "perceived_benefit": "benefit",
            "perceived_sacrifice": "sacrifice",
            "alive": "alive",
            "lifetime_value": "lifetime_value",
        }
        texts = {"value_problems": "problems", "value_group": "group"}
        found = {field: map(number, known[name]) for field, name in numbers.items() if name in known}
        found.update({field: known[name] for field, name in texts.items() if name in known})
        nothing = dict.fromkeys([*numbers, *texts])
        actions = []
        for party, *cells in zip(parties, *found.values()):
            values = {**nothing, **dict(zip(found, cells))}
            changed = {field: cell for field, cell in values.items() if getattr(party, field) != cell}
            if changed or party.value_date is None:
                actions += [[party], {**changed, "value_date": today}]
        if actions:
            cls.write(*actions)

    def why(self, language):
        """The explanation of the value as a text."""
        configuration = Pool().get("customer_value.configuration")(1)
        system = configuration.parsed("system")
        if system is None:
            return ""
        answers = columns_of_answers([self.id], self._select_answers([self.id]))
        options = {"as_of": Pool().get("ir.date").today()}
        row, [notes] = readable(system, answers, 1)
        try:
            notes = "; ".join(filter(None, [*notes, system.reason(row, 0, **options)]))
            return f"{notes}\n\n{system.explain(row, 0, language=language, **options)}".strip()
        except custval.Error as error:
            raise Refused("system", error) from error


class WhyShown(ModelView):
    "Why a Customer Sees this Value"

    __name__ = "customer_value.why.shown"

    text = fields.Text("Why", readonly=True)


class Why(Wizard):
    "Why a Customer Sees this Value"

    __name__ = "customer_value.why"

    start = StateView(
        "customer_value.why.shown",
        "customer_value.why_view_form",
        [Button("Close", "end", "tryton-ok", default=True)],
    )

    def default_start(self, fields):
        # A language of Tryton is "zh_CN", one of a document "zh".
        return {"text": self.record.why(Transaction().language.split("_")[0])}


class Update(Wizard):
    "Update Customer Values"

    __name__ = "customer_value.update"
    start_state = "update"

    update = StateTransition()

    def transition_update(self):
        self.model.update_values(self.records)
        return "end"

    def end(self):
        return "reload"
