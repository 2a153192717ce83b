#!/bin/sh
# Every table that a report can show, from the shipped data, and the report: make.sh CUSTVAL FOLDER [LANGUAGE]
# SPDX-License-Identifier: Apache-2.0
set -eu

custval=$1 to=$2 language=${3:-en}
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$to"

# What must not be on the screen of whoever looks at the report: notes for people who look at tables.
run() { "$custval" "$@" 2>"$to/notes.txt" || { cat "$to/notes.txt" >&2; exit 1; }; }

# What customers perceive: advertisers asked by a survey.
system=$here/survey/perceived-value.json
answers=$here/survey/customer_satisfaction_yellow_pages.csv
run score "$system" "$answers" -o "$to/scores.csv"
run explain "$system" "$answers" --levers --language "$language" --format csv -o "$to/levers.csv"
run weights drivers "$answers" --outcome q1 --system "$system" --format csv -o "$to/drivers.csv"
run explain "$system" "$answers" --row 17 --language "$language" --format csv -o "$to/explained.csv"
run satisfaction quadrants "$here/satisfaction/attributes.csv" --id attribute -o "$to/quadrants.csv"
run compare "$here/scenario/system.json" "$here/scenario/customers.csv" --id customer --format csv -o "$to/offers.csv"

# What they are worth: invented suppliers' customers, and buyers of a music shop.
purchases=$here/cdnow/transactions.csv
run worth value "$here/worth/worth.json" "$here/worth/customers.csv" -o "$to/worth.csv"
run lifetime fit "$purchases" --end 1997-09-30 --model pnbd -o "$to/lifetime.json" >"$to/fitted.txt"
run lifetime predict "$to/lifetime.json" "$purchases" --end 1997-09-30 --months 12 --rate 0.1 -o "$to/lifetimes.csv"
run lifetime track "$to/lifetime.json" "$purchases" --end 1997-09-30 --holdout-end 1998-06-30 --format csv -o "$to/tracking.csv"
run worth curve "$to/lifetimes.csv" --value value --points 20 --format csv -o "$to/curve.csv"

# Who they are, and where they go from half a year to the next.
run groups describe "$here/groups/loyalty-profit.json" "$to/lifetimes.csv" --value value --format csv -o "$to/groups.csv"
run groups texts "$here/groups/loyalty-profit.json" --language "$language" --format csv -o "$to/advice.csv"
period() { # NAME FROM TO END
    awk -F, -v from="$2" -v to="$3" 'NR == 1 || ($2 >= from && $2 < to)' "$purchases" >"$to/$1.csv"
    run history "$to/$1.csv" --end "$4" -o "$to/$1-customers.csv"
}
period first 1997-01 1997-07 1997-06-30
period second 1997-07 1998-01 1997-12-31
period third 1998-01 1998-07 1998-06-30
run groups fix "$here/groups/spend.json" "$to/first-customers.csv" -o "$to/spend.json"
for name in first second third; do run groups assign "$to/spend.json" "$to/$name-customers.csv" -o "$to/$name-groups.csv"; done
set -- "$to/first-groups.csv" "$to/second-groups.csv" "$to/third-groups.csv" --states light,medium,heavy --format csv
run migration matrix "$@" -o "$to/migration.csv"
run migration flows "$@" -o "$to/flows.csv"
run migration forecast "$@" --periods 4 -o "$to/outlook.csv"

# What a point of an indicator is worth: the chain beyond the survey is an assumption.
run impact fit "$here/impact/plan.json" "$system" "$answers" -o "$to/chain.json"
run impact run "$to/chain.json" "$system" "$answers" --language "$language" --format csv -o "$to/impact.csv"
run impact assumptions "$to/chain.json" --format csv -o "$to/assumptions.csv"

# What might be done.
run scenario run "$here/scenario/bogo.json" "$here/scenario/system.json" "$here/scenario/customers.csv" --format csv -o "$to/periods.csv"
run programmes match "$here/programmes/programmes.json" "$here/programmes/customers.csv" -o "$to/plan.csv"
run programmes list "$here/programmes/programmes.json" --language "$language" --format csv -o "$to/programmes.csv"
run programmes due "$here/programmes/jars.csv" --stock rice --capacity jar --since days_since --users adults:per_adult \
    --lead 1 --as-of 2026-03-01 --format csv -o "$to/due.csv"

case $language in
zh) title='价值报告示例' note='各部分来自不同的示例数据：调查为真实数据，购买为真实数据，其余为虚构。' ;;
ko) title='가치 보고서 예시' note='각 부분은 서로 다른 예시 자료에서 왔습니다. 설문과 구매는 실제 자료이고 나머지는 지어낸 것입니다.' ;;
*) title='A sample report' note='The parts come from different examples: survey and purchases are real, the rest is invented.' ;;
esac
run report -o "$to/report.html" --title "$title" --language "$language" --note "$note" \
    --values "$to/scores.csv" --worth "$to/worth.csv" --offers "$to/offers.csv" --levers "$to/levers.csv" \
    --drivers "$to/drivers.csv" --quadrants "$to/quadrants.csv" --groups "$to/groups.csv" --advice "$to/advice.csv" \
    --migration "$to/migration.csv" --flows "$to/flows.csv" --outlook "$to/outlook.csv" --lifetime "$to/lifetimes.csv" \
    --curve "$to/curve.csv" --tracking "$to/tracking.csv" --scenario "$to/periods.csv" --impact "$to/impact.csv" \
    --plan "$to/plan.csv" --programmes "$to/programmes.csv" --due "$to/due.csv" --explain "$to/explained.csv" \
    --assumptions "$to/assumptions.csv"
