#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
from setuptools import setup

setup(
    name="custval-tryton",
    version="0.1.0",
    description="Customer value on the parties of Tryton",
    license="Apache-2.0",
    package_dir={"trytond.modules.customer_value": "customer_value"},
    packages=["trytond.modules.customer_value"],
    package_data={"trytond.modules.customer_value": ["tryton.cfg", "*.xml", "view/*.xml"]},
    install_requires=["custval", "trytond >= 6.0", "trytond_party >= 6.0", "trytond_sale_opportunity >= 6.0"],
    entry_points={"trytond.modules": ["customer_value = trytond.modules.customer_value"]},
)
