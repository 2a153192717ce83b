/* BG/NBD: Fader, Hardie & Lee (2005), Marketing Science 24:275-284. After each repeat purchase a customer may leave. */
/* SPDX-License-Identifier: Apache-2.0 */
#define CHANCES CUSTVAL__BGNBD_CHANCES
#define MODEL_ID CUSTVAL_MODEL_BGNBD
#define MODEL custval__bgnbd
#include "beta_geometric_model.h"
