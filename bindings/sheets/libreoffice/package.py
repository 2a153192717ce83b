#!/usr/bin/env python3
"""usage: package.py OUTPUT LIBRARY...

Makes the extension of LibreOffice. LIBRARY is a built library for this computer, or PLATFORM=FILE for another one, as
in linux-x86_64, win32-amd64 or darwin-arm64: one extension may hold several. Needs unoidl-write of LibreOffice's SDK.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape, quoteattr

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[2]
IMPLEMENTATION = "org.custval.calc.Functions"
IDENTIFIER = "org.custval.calc"
LANGUAGES = {"en": "en", "zh": "zh-CN", "ko": "ko"}
OFFICES = ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/opt/libreoffice")

# IDL knows no underscores in names.
METHOD_NAMES = {"rate_period": "ratePeriod"}

PARTS = {
    "custval.rdb": "uno-typelibrary;type=RDB",
    "custval.components": "uno-components",
    "CalcAddIns.xcu": "configuration-data",
}

# Passive registration: the office need not run the file to know what is in it.
COMPONENTS = f"""<?xml version="1.0" encoding="UTF-8"?>
<components xmlns="http://openoffice.org/2010/uno-components">
 <component loader="com.sun.star.loader.Python" uri="custval_addin.py">
  <implementation name="{IMPLEMENTATION}">
   <service name="{IMPLEMENTATION}"/>
   <service name="com.sun.star.sheet.AddIn"/>
  </implementation>
 </component>
</components>
"""

DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006" xmlns:xlink="http://www.w3.org/1999/xlink">
 <identifier value="{identifier}"/>
 <version value="{version}"/>
 <dependencies><OpenOffice.org-minimal-version value="4.1" name="LibreOffice 7.0"/></dependencies>
 <display-name>
  <name lang="en">custval: customer value</name>
  <name lang="zh-CN">custval：顾客价值</name>
  <name lang="ko">custval: 고객 가치</name>
 </display-name>
</description>
"""


def version():
    text = (SOURCE / "meson.build").read_text(encoding="utf-8")
    return re.search(r"^\s*version: '([^']+)'", text, flags=re.MULTILINE).group(1)


def manifest():
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="application/vnd.sun.star.{kind}"/>\n'
        for name, kind in PARTS.items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
{files}</manifest:manifest>
"""


def prop(name, texts):
    values = "".join(f"<value xml:lang={quoteattr(tag)}>{escape(text)}</value>" for tag, text in texts.items())
    return f'<prop oor:name="{name}">{values}</prop>'


def spoken(texts):
    """The texts with the tags that LibreOffice knows."""
    return {LANGUAGES[language]: text for language, text in texts.items()}


def parameter(name, argument, number=""):
    shown = f"{METHOD_NAMES.get(name, name)}{number}"
    names = {language: f"{text} {number}".rstrip() for language, text in argument["name"].items()}
    texts = prop("DisplayName", spoken(names)) + prop("Description", spoken(argument["text"]))
    return f'<node oor:name="{shown}" oor:op="replace">{texts}</node>'


def parameters(name, argument):
    times = argument.get("times")
    return "".join(parameter(name, argument, n + 1) for n in range(times)) if times else parameter(name, argument)


def function(entry, arguments):
    name = f"CUSTVAL.{entry['name']}"
    same = {tag: name for tag in LANGUAGES.values()}
    about = prop("DisplayName", same) + prop("Description", spoken(entry["text"]))
    about += '<prop oor:name="Category"><value>Add-In</value></prop>' + prop("CompatibilityName", {"en-US": name})
    nodes = "".join(parameters(name, arguments[name]) for name in entry["arguments"])
    return (
        f'<node oor:name="{entry["method"]}" oor:op="replace">{about}<node oor:name="Parameters">{nodes}</node></node>'
    )


def add_ins():
    """CalcAddIns.xcu: what the function wizard shows."""
    shared = json.loads((HERE.parent / "functions.json").read_text(encoding="utf-8"))
    functions = "\n".join(function(entry, shared["arguments"]) for entry in shared["functions"])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"
 oor:name="CalcAddIns" oor:package="org.openoffice.Office">
<node oor:name="AddInInfo"><node oor:name="{IMPLEMENTATION}" oor:op="replace"><node oor:name="AddInFunctions">
{functions}
</node></node></node>
</oor:component-data>
"""


def office():
    """The folder of a LibreOffice with its SDK."""
    chosen = os.environ.get("LIBREOFFICE")
    for folder in [chosen] if chosen else OFFICES:
        if (pathlib.Path(folder) / "sdk" / "bin" / "unoidl-write").exists():
            return pathlib.Path(folder)
    sys.exit("package.py: there is no sdk/bin/unoidl-write; let LIBREOFFICE name the folder of an office with its SDK")


def types():
    """The type library."""
    home = office()
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / "custval.rdb"
        known = [home / "program" / "types.rdb", home / "program" / "types" / "offapi.rdb"]
        subprocess.run([home / "sdk" / "bin" / "unoidl-write", *known, HERE / "XFunctions.idl", made], check=True)
        return made.read_bytes()


def libraries(arguments):
    for argument in arguments:
        where, separator, file = argument.rpartition("=")
        if not separator:
            where = f"{sys.platform}-{platform.machine().lower()}"
        yield where, pathlib.Path(file)


def write(output, arguments):
    package = SOURCE / "bindings" / "python" / "custval"
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/manifest.xml", manifest())
        archive.writestr("description.xml", DESCRIPTION.format(identifier=IDENTIFIER, version=version()))
        archive.writestr("custval.components", COMPONENTS)
        archive.writestr("CalcAddIns.xcu", add_ins())
        archive.writestr("custval.rdb", types())
        archive.write(SOURCE / "LICENSE", "LICENSE")
        archive.write(HERE / "custval_addin.py", "custval_addin.py")
        inside = "pythonpath/custval_calc"
        for file in sorted((HERE / "pythonpath" / "custval_calc").glob("*.py")):
            archive.write(file, f"{inside}/{file.name}")
        for file in sorted(package.glob("*.py")):
            archive.write(file, f"{inside}/custval/{file.name}")
        for where, file in libraries(arguments):
            # The file itself, not the symbolic link that names its interface.
            archive.write(file.resolve(), f"{inside}/libraries/{where}/{file.name}")


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    write(arguments[0], arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
