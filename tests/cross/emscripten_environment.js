// Programs see the environment of the process, which emscripten keeps from them.
// SPDX-License-Identifier: Apache-2.0
Module.preRun = () => Object.assign(ENV, process.env);
