/* MBG/NBD: Batislam, Denizel & Filiztekin (2007), IJRM 24:201-209. As BG/NBD, but a customer may leave after the first purchase,
   too. */
/* SPDX-License-Identifier: Apache-2.0 */
#define CHANCES CUSTVAL__MBGNBD_CHANCES
#define MODEL_ID CUSTVAL_MODEL_MBGNBD
#define MODEL custval__mbgnbd
#include "beta_geometric_model.h"
