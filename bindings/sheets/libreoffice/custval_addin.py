"""The component of LibreOffice: hands calls of Calc to custval_calc.functions, and what they refuse back as #VALUE!."""

# SPDX-License-Identifier: Apache-2.0
import os

import uno
import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.uno import RuntimeException
from org.custval.calc import XFunctions

NAME = "org.custval.calc.Functions"
SERVICES = (NAME, "com.sun.star.sheet.AddIn")


def folder_of(document):
    """The folder of a workbook, "" if it is in none."""
    url = document.getURL() if hasattr(document, "getURL") else ""
    return os.path.dirname(uno.fileUrlToSystemPath(url)) if url.startswith("file:") else ""


class Functions(unohelper.Base, XFunctions, XServiceInfo):
    def __init__(self, context):
        self._functions = None

    def _call(self, name, document, *arguments):
        try:
            if self._functions is None:
                self._functions = loaded()
            return getattr(self._functions, name)(lambda: folder_of(document), *arguments)
        except Exception as error:
            raise RuntimeException(str(error) or type(error).__name__, self) from None

    def value(self, document, system, answers, names):
        return self._call("value", document, system, answers, names)

    def scores(self, document, system, table, levels):
        return self._call("scores", document, system, table, levels)

    def explain(self, document, system, answers, names, language):
        return self._call("explain", document, system, answers, names, language)

    def system(self, document, items):
        return self._call("system_", document, items)

    def weights(self, document, judgements):
        return self._call("weights", document, judgements)

    def consistency(self, document, judgements):
        return self._call("consistency", document, judgements)

    def group(self, document, groups, measures, names):
        return self._call("group", document, groups, measures, names)

    def clv(self, document, lifetime, history, horizon, output, names, rate, ratePeriod):
        return self._call("clv", document, lifetime, history, horizon, output, names, rate, ratePeriod)

    def why(self, document, function, *arguments):
        given = list(arguments)
        while given and given[-1] is None:
            given.pop()
        try:
            return self._call("why", document, function, *given)
        except RuntimeException as error:
            return error.Message

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name in SERVICES

    def getSupportedServiceNames(self):
        return SERVICES


def loaded():
    """The functions, with the library; not before the first call, so that a library that does not load is an error of
    a cell and not of the office. LibreOffice looks into the folder `pythonpath` beside this file."""
    from custval_calc import functions

    return functions


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, NAME, SERVICES)
