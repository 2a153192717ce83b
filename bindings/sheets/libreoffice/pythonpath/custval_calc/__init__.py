"""What a spreadsheet calls, without the spreadsheet: cells in, cells out."""
# SPDX-License-Identifier: Apache-2.0
