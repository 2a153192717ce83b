// Compiled, never run: what a program in TypeScript may write.
// SPDX-License-Identifier: Apache-2.0
import { CustvalError, Groups, Lifetime, System, version, weights } from 'custval';

const system = System.parse('{}');
const value: number = system.value(1, null, 'gold');
const columns = system.score({ q1: new Float64Array(1), q2: [1, null] }, { levels: ['value', 'side'] });
const first: number = columns.value[0];
const status: number = system.scores(1).status;
const sum: number = system.explain(1).reduce((total, step) => total + step.contribution, first + value + status);
const scorer = system.scorer({ as_of: '2026-03-01', coverage: 'none' });
const bits: number = scorer.row(new Float64Array(2), new Float64Array(scorer.columns.length));
const group: string | null = Groups.parse('{}').group(1, 2);
const alive: Float64Array = Lifetime.parse('{}').predict({ x: [1] }, { outputs: 'alive', horizon: 52 }).alive;
const ratio: number = weights([[1]]).cr;
const row: number | null = new CustvalError().row;

// @ts-expect-error: no such level
system.score({}, { levels: 'all' });

export default [sum, bits, group, alive, ratio, row, version()];
