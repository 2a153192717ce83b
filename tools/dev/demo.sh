#!/bin/sh
# What custval does, on the data of the examples: demo.sh CUSTVAL FOLDER. CUSTVAL: the command; results go to FOLDER.
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 2 ] || {
    echo "usage: $0 CUSTVAL FOLDER" >&2
    exit 2
}
custval=$1 results=$2

stage() {
    printf '\n=== %s\n' "$*"
}

survey=examples/survey
system=$survey/perceived-value.json
answers=$survey/customer_satisfaction_yellow_pages.csv
stage "1,811 customers of yellow-pages advertising, scored by $system"
"$custval" score "$system" "$answers" --levels value,side -o "$results/scores.csv" --summary --against q1
stage "What would raise the value: the strongest levers, mean over all customers"
"$custval" explain "$system" "$answers" --levers
stage "Why customer 17 sees so little value (the parts add up exactly)"
"$custval" explain "$system" "$answers" --row 17
purchases=examples/cdnow/transactions.csv
stage "6,919 purchases of 2,357 customers of a music shop: a model of who comes back, and what for"
"$custval" lifetime fit $purchases --end 1997-09-30 -o "$results/lifetime.json"
stage "What each will buy within a year, and what that is worth at 10 % a year"
"$custval" lifetime predict "$results/lifetime.json" $purchases \
    --end 1997-09-30 --months 12 --rate 0.1 -o "$results/forecast.csv"
"$custval" worth curve "$results/forecast.csv" --value value
stage "A report of all of this and more, for people who read no tables"
sh examples/report/make.sh "$custval" "$results/sample"
cp "$results/sample/report.html" "$results/report.html"
cat <<TEXT

Scores of every customer: $results/scores.csv; forecasts: $results/forecast.csv
The report, for any browser: $(cd "$results" && pwd)/report.html (zh and ko: examples/report/README.md)
Where to go next:
  $custval check $system $answers
  $custval explain $system $answers --row 17 --target 0
  $custval templates list
  docs/getting-started.md
TEXT
