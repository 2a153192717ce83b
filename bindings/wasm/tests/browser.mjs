// A Chromium without a window, driven through the pipe that it offers for that: open() a page, ask it, photograph it.
// SPDX-License-Identifier: Apache-2.0
import {spawn, spawnSync} from "node:child_process";
import {createServer} from "node:http";
import {existsSync} from "node:fs";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {extname, join, normalize} from "node:path";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const TYPES = {
    ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json",
    ".wasm": "application/wasm", ".xml": "text/xml",
};

/** The command of a Chromium, or undefined. */
export function chromium() {
    return COMMANDS.find((command) => spawnSync(command, ["--version"]).status === 0);
}

/** Serves a folder on a free port of this machine: {address, close}. */
export async function serve(folder) {
    const server = createServer(async (request, response) => {
        const path = join(folder, normalize(new URL(request.url, "http://x").pathname));
        if (!existsSync(path)) return response.writeHead(404).end();
        response.writeHead(200, {"content-type": TYPES[extname(path)] ?? "application/octet-stream"});
        response.end(await readFile(path));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {address: `http://127.0.0.1:${server.address().port}`, close: () => server.close()};
}

/** The browser's DevTools protocol: messages that end with a NUL, on the descriptors 3 and 4. */
export class Browser {
    #process;
    #profile;
    #waiting = new Map();
    #last = 0;
    #rest = Buffer.alloc(0);
    #session;
    /** What the console said, and what failed to load. */
    complaints = [];

    static async start(command) {
        const browser = new Browser();
        browser.#profile = await mkdtemp(join(tmpdir(), "custval-chromium-"));
        const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--remote-debugging-pipe", `--user-data-dir=${browser.#profile}`];
        browser.#process = spawn(command, flags, {stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], detached: true});
        browser.#process.stdio[4].on("data", (data) => browser.#receive(data));
        const {targetId} = await browser.send("Target.createTarget", {url: "about:blank"});
        const {sessionId} = await browser.send("Target.attachToTarget", {targetId, flatten: true});
        browser.#session = sessionId;
        for (const domain of ["Page", "Runtime", "Log", "Network"]) await browser.send(`${domain}.enable`);
        return browser;
    }

    #receive(data) {
        this.#rest = Buffer.concat([this.#rest, data]);
        for (let end = this.#rest.indexOf(0); end >= 0; end = this.#rest.indexOf(0)) {
            this.#understand(JSON.parse(this.#rest.subarray(0, end)));
            this.#rest = this.#rest.subarray(end + 1);
        }
    }

    #understand({id, result, error, method, params}) {
        if (id !== undefined) {
            const {resolve, reject} = this.#waiting.get(id);
            this.#waiting.delete(id);
            error ? reject(new Error(error.message)) : resolve(result);
        }
        if (method === "Runtime.consoleAPICalled") this.complaints.push(params.args.map(({value}) => value).join(" "));
        if (method === "Runtime.exceptionThrown") this.complaints.push(params.exceptionDetails.exception?.description ?? "exception");
        if (method === "Log.entryAdded") this.complaints.push(params.entry.text);
        if (method === "Network.loadingFailed") this.complaints.push(`not loaded: ${params.errorText}`);
    }

    send(method, params = {}) {
        const id = ++this.#last;
        const message = JSON.stringify({id, method, params, sessionId: this.#session});
        this.#process.stdio[3].write(`${message}\0`);
        return new Promise((resolve, reject) => this.#waiting.set(id, {resolve, reject}));
    }

    /** Opens a page of so many pixels, and waits until `ready`, an expression, is true. */
    async open(address, width, ready, height = 900) {
        await this.send("Emulation.setDeviceMetricsOverride", {width, height, deviceScaleFactor: 1, mobile: width < 600});
        await this.send("Page.navigate", {url: address});
        await this.until(ready);
    }

    /** The value of an expression in the page, which may be a promise. */
    async ask(expression) {
        const made = await this.send("Runtime.evaluate", {expression, returnByValue: true, awaitPromise: true});
        if (made.exceptionDetails) throw new Error(made.exceptionDetails.exception?.description ?? made.exceptionDetails.text);
        return made.result.value;
    }

    async until(expression) {
        for (let tries = 0; tries < 400; tries++) {
            if (await this.ask(expression).catch(() => false)) return;
            await new Promise((resolve) => setTimeout(resolve, 25));
        }
        throw new Error(`never true: ${expression}; ${this.complaints.join("; ")}`);
    }

    /** The whole page as PNG. */
    async photograph() {
        const {data} = await this.send("Page.captureScreenshot", {captureBeyondViewport: true});
        return Buffer.from(data, "base64");
    }

    async close() {
        const ended = new Promise((resolve) => this.#process.on("close", resolve));
        // The command may be a script: the whole group that we started ends.
        process.kill(-this.#process.pid);
        await ended;
        await rm(this.#profile, {recursive: true, force: true, maxRetries: 5});
    }
}
