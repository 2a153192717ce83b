// A small system and a few customers, to see what the page does.
// SPDX-License-Identifier: Apache-2.0

export const SYSTEM = {
    custval: "system",
    version: 1,
    id: "coffee-shop",
    label: {en: "A coffee shop", zh: "咖啡店", ko: "커피숍"},
    dimensions: [
        {
            id: "product",
            label: {en: "Product", zh: "产品", ko: "제품"},
            side: "benefit",
            weight: 3,
            indicators: [
                {id: "taste", label: {en: "Taste", zh: "口味", ko: "맛"}, weight: 2, items: [{column: "taste", scale: [1, 10]}]},
                {id: "choice", label: {en: "Choice", zh: "选择", ko: "선택의 폭"}, items: [{column: "choice", scale: [1, 10]}]},
            ],
        },
        {
            id: "service",
            label: {en: "Service", zh: "服务", ko: "서비스"},
            side: "benefit",
            weight: 1,
            indicators: [{id: "staff", label: {en: "Staff", zh: "员工", ko: "직원"}, items: [{column: "staff", scale: [1, 10]}]}],
        },
        {
            id: "cost",
            label: {en: "Cost", zh: "成本", ko: "비용"},
            side: "sacrifice",
            indicators: [
                {id: "price", label: {en: "Price", zh: "价格", ko: "가격"}, tag: "pay", items: [{column: "price", scale: [1, 10]}]},
                {id: "waiting", label: {en: "Waiting", zh: "等候", ko: "기다림"}, tag: "do", items: [{column: "waiting", scale: [1, 10]}]},
            ],
        },
    ],
};

export const ROWS = `customer,taste,choice,staff,price,waiting
Ana,9,8,7,4,3
Bo,7,,8,6,5
Chen,10,9,10,9,8
Dai,3,4,5,8,9
Eun,8,7,11,3,2
`;
