# Chromium without a window, driven over a pipe by its DevTools protocol: pages, clicks, pictures, paper.
# SPDX-License-Identifier: Apache-2.0
import base64
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile

NAMES = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome')
TIMEOUT = 60


def find():
    """Where a Chromium is, or None; CUSTVAL_CHROMIUM may name it."""
    chosen = os.environ.get('CUSTVAL_CHROMIUM')
    return next(filter(None, map(shutil.which, [chosen] if chosen else NAMES)), None)


class Browser:
    """One page at a time. Notes what the page says on its console, throws, and asks from a network."""

    def __init__(self, program):
        # Helpers of the browser may write a little longer than it lives.
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        reads, self._to = os.pipe()
        self._from, writes = os.pipe()
        # The protocol speaks over the descriptors 3 and 4 of the child; the shell puts ours there.
        command = ['/bin/sh', '-c', f'exec 3<&{reads} 4>&{writes} "$@"', 'sh', program, '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars',
                   '--no-first-run', '--disable-background-networking', '--remote-debugging-pipe',
                   f'--user-data-dir={self.profile.name}', 'about:blank']
        self._process = subprocess.Popen(command, pass_fds=(reads, writes), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         start_new_session=True)
        os.close(reads)
        os.close(writes)
        self._rest, self._count, self._events, self._session = b'', 0, [], None
        self.problems, self.requests = [], []
        target = self._call('Target.createTarget', url='about:blank')['targetId']
        self._session = self._call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Network', 'Log'):
            self._call(f'{domain}.enable')

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self._process.terminate()
        self._process.wait(TIMEOUT)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        os.close(self._to)
        os.close(self._from)
        self.profile.cleanup()

    # --- The protocol: JSON that ends with a byte 0 -------------------------------------------------------------------

    def _next(self):
        while b'\0' not in self._rest:
            if not select.select([self._from], [], [], TIMEOUT)[0]:
                raise TimeoutError('the browser says nothing')
            more = os.read(self._from, 1 << 20)
            if not more:
                raise EOFError('the browser has gone')
            self._rest += more
        message, self._rest = self._rest.split(b'\0', 1)
        return json.loads(message)

    def _call(self, method, **parameters):
        self._count += 1
        message = {'id': self._count, 'method': method, 'params': parameters}
        if self._session:
            message['sessionId'] = self._session
        os.write(self._to, json.dumps(message).encode() + b'\0')
        while True:
            answer = self._next()
            if answer.get('id') == self._count:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]}')
                return answer['result']
            self._note(answer)

    def _note(self, event):
        method, more = event.get('method'), event.get('params', {})
        self._events.append(method)
        if method == 'Runtime.exceptionThrown':
            self.problems.append(more['exceptionDetails'].get('exception', more['exceptionDetails']).get('description'))
        elif method == 'Runtime.consoleAPICalled' and more['type'] in ('error', 'warning', 'assert'):
            self.problems.append(str([one.get('value') for one in more['args']]))
        elif method == 'Log.entryAdded' and more['entry']['level'] in ('error', 'warning'):
            self.problems.append(more['entry']['text'])
        elif method == 'Network.requestWillBeSent':
            self.requests.append(more['request']['url'])

    # --- What a test does -------------------------------------------------------------------------------------------

    def open(self, path, width=1440, height=900, scheme='light', script=True):
        self.problems, self.requests, self._events = [], [], []
        self._call('Emulation.setScriptExecutionDisabled', value=not script)
        self._call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._call('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': scheme}])
        self._call('Page.navigate', url='file://' + os.path.abspath(path))
        while 'Page.loadEventFired' not in self._events:
            self._note(self._next())

    def evaluate(self, expression):
        """The value of an expression of JavaScript, or of what it promises."""
        answer = self._call('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in answer:
            raise RuntimeError(answer['exceptionDetails'].get('exception', {}).get('description', 'it throws'))
        return answer['result'].get('value')

    def shows(self, selector):
        """Whether an element is there and has a box, also where scripts are off."""
        document = self._call('DOM.getDocument')['root']
        node = self._call('DOM.querySelector', nodeId=document['nodeId'], selector=selector)['nodeId']
        return node != 0 and self._call('DOM.getBoxModel', nodeId=node)['model']['height'] > 0

    def press(self, key):
        for kind in ('rawKeyDown', 'char', 'keyUp'):
            more = {'text': '\r'} if key == 'Enter' else {}
            code = {'Enter': 13, 'Tab': 9}[key]
            if kind == 'char' and not more:
                continue
            self._call('Input.dispatchKeyEvent', type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)

    def picture(self, top=None, height=None):
        """PNG of the page, or of a strip of it."""
        size = self._call('Page.getLayoutMetrics')['cssContentSize']
        clip = {'x': 0, 'y': top or 0, 'width': size['width'], 'height': height or size['height'], 'scale': 1}
        return base64.b64decode(self._call('Page.captureScreenshot', format='png', captureBeyondViewport=True, clip=clip)['data'])

    def paper(self):
        """PDF of the page."""
        return base64.b64decode(self._call('Page.printToPDF', printBackground=True, preferCSSPageSize=True)['data'])
