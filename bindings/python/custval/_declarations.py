"""What the C interface declares. Written by bindings/declare.py from the public headers: do not edit."""

# SPDX-License-Identifier: Apache-2.0
import ctypes as _c
from typing import Any

CUSTVAL_AGGREGATOR_GEOMETRIC = 2
CUSTVAL_AGGREGATOR_HARMONIC = 3
CUSTVAL_AGGREGATOR_MEAN = 1
CUSTVAL_AGGREGATOR_MINIMUM = 4
CUSTVAL_AGGREGATOR_POWER = 5
CUSTVAL_AHP_ARITHMETIC = 3
CUSTVAL_AHP_EIGENVECTOR = 1
CUSTVAL_AHP_GEOMETRIC = 2
CUSTVAL_ALL_ROWS = -1
CUSTVAL_ALL_STEPS = 4294967295
CUSTVAL_BAD_ROWS_DROP = 2
CUSTVAL_BAD_ROWS_REJECT = 1
CUSTVAL_BWM_LINEAR = 1
CUSTVAL_BWM_NONLINEAR = 2
CUSTVAL_CONTEXTS = 2
CUSTVAL_CONVERGENCE_BOUNDARY = 3
CUSTVAL_CONVERGENCE_FLAT = 4
CUSTVAL_CONVERGENCE_ITERATIONS = 5
CUSTVAL_CONVERGENCE_OPTIMUM = 2
CUSTVAL_CONVERGENCE_STATED = 1
CUSTVAL_COVERAGE_ALL = 1
CUSTVAL_COVERAGE_NONE = 2
CUSTVAL_COVERAGE_VALUE = 0
CUSTVAL_CURVE_LINEAR = 2
CUSTVAL_CURVE_LOG = 3
CUSTVAL_CURVE_LOGISTIC = 4
CUSTVAL_CURVE_PIECEWISE = 5
CUSTVAL_CURVE_PROSPECT = 6
CUSTVAL_CURVE_SCALE = 1
CUSTVAL_CURVE_TABLE = 7
CUSTVAL_DATA_CRITIC = 2
CUSTVAL_DATA_DEVIATION = 3
CUSTVAL_DATA_ENTROPY = 1
CUSTVAL_DATA_MEREC = 5
CUSTVAL_DATA_VARIATION = 4
CUSTVAL_DRIVERS_CORRELATION = 1
CUSTVAL_DRIVERS_REGRESSION = 2
CUSTVAL_DRIVERS_RELATIVE = 3
CUSTVAL_DRIVERS_SHAPLEY = 4
CUSTVAL_EMPTY_POOLED = 3
CUSTVAL_EMPTY_REFUSE = 1
CUSTVAL_EMPTY_STAY = 2
CUSTVAL_ERROR_ARGUMENT = -1
CUSTVAL_ERROR_CANCELLED = -13
CUSTVAL_ERROR_CONVERGENCE = -19
CUSTVAL_ERROR_DOCUMENT = -15
CUSTVAL_ERROR_DUPLICATE = -6
CUSTVAL_ERROR_INTERNAL = -14
CUSTVAL_ERROR_LIMIT = -16
CUSTVAL_ERROR_MEMORY = -2
CUSTVAL_ERROR_MESSAGE_SIZE = 480
CUSTVAL_ERROR_NOT_FINITE = -9
CUSTVAL_ERROR_NOT_FOUND = -7
CUSTVAL_ERROR_RANGE = -3
CUSTVAL_ERROR_STATE = -10
CUSTVAL_ERROR_STREAM = -18
CUSTVAL_ERROR_STRUCTURE = -5
CUSTVAL_ERROR_STRUCT_NEWER = -12
CUSTVAL_ERROR_STRUCT_SIZE = -11
CUSTVAL_ERROR_TYPE = -8
CUSTVAL_ERROR_UNSUPPORTED = -17
CUSTVAL_ERROR_WEIGHT = -4
CUSTVAL_FACTOR_BASIC = 1
CUSTVAL_FACTOR_EXCITEMENT = 3
CUSTVAL_FACTOR_INCONSISTENT = 4
CUSTVAL_FACTOR_NONE = 0
CUSTVAL_FACTOR_PERFORMANCE = 2
CUSTVAL_FIRST_NEXT = 2
CUSTVAL_FIRST_NOW = 1
CUSTVAL_FIT_QUANTILE = 3
CUSTVAL_FIT_RANGE = 1
CUSTVAL_FIT_Z = 2
CUSTVAL_FORM_DIFFERENCE = 1
CUSTVAL_FORM_INDEX = 2
CUSTVAL_FORM_RATIO = 3
CUSTVAL_FUZZY_MIN_BOUNDED = 4
CUSTVAL_FUZZY_MIN_MAX = 2
CUSTVAL_FUZZY_PRODUCT_MAX = 3
CUSTVAL_FUZZY_WEIGHTED = 1
CUSTVAL_GAP_DIFFERENCE = 4
CUSTVAL_GAP_EXPECTATION = 2
CUSTVAL_GAP_PERFORMANCE = 1
CUSTVAL_GAP_PROSPECT = 8
CUSTVAL_GAP_SUM = 16
CUSTVAL_GATE_ABOVE = 2
CUSTVAL_GATE_BELOW = 1
CUSTVAL_GROUPING_JUDGEMENTS = 1
CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC = 3
CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC = 2
CUSTVAL_GROUP_ADVICE = 2
CUSTVAL_GROUP_LABEL = 1
CUSTVAL_GROUP_ROW_MISSING = 1
CUSTVAL_GROUP_ROW_NONE = 2
CUSTVAL_GROUP_ROW_OK = 0
CUSTVAL_IMPACT_CHOICE = 2
CUSTVAL_IMPACT_RETENTION = 1
CUSTVAL_IMPACT_ROW_ENDLESS = 5
CUSTVAL_IMPACT_ROW_MISSING = 3
CUSTVAL_IMPACT_ROW_NOT_CHOSEN = 1
CUSTVAL_IMPACT_ROW_NO_VALUE = 2
CUSTVAL_IMPACT_ROW_OK = 0
CUSTVAL_IMPACT_ROW_RANGE = 4
CUSTVAL_INPUT_CONTEXT = 8
CUSTVAL_INPUT_ITEM = 1
CUSTVAL_INPUT_OVERRIDE = 16
CUSTVAL_INPUT_PROFILE = 4
CUSTVAL_INPUT_WEIGHT = 2
CUSTVAL_KANO_ATTRACTIVE = 3
CUSTVAL_KANO_INDIFFERENT = 4
CUSTVAL_KANO_MUST_BE = 1
CUSTVAL_KANO_ONE_DIMENSIONAL = 2
CUSTVAL_KANO_QUESTIONABLE = 6
CUSTVAL_KANO_REVERSE = 5
CUSTVAL_KIND_DERIVED = 6
CUSTVAL_KIND_DIMENSION = 3
CUSTVAL_KIND_INDICATOR = 4
CUSTVAL_KIND_ITEM = 5
CUSTVAL_KIND_SIDE = 2
CUSTVAL_KIND_VALUE = 1
CUSTVAL_LEVEL_DERIVED = 32
CUSTVAL_LEVEL_DIMENSION = 4
CUSTVAL_LEVEL_INDICATOR = 8
CUSTVAL_LEVEL_ITEM = 16
CUSTVAL_LEVEL_SIDE = 2
CUSTVAL_LEVEL_TAG = 64
CUSTVAL_LEVEL_VALUE = 1
CUSTVAL_LIFETIME_ALIVE = 1
CUSTVAL_LIFETIME_ALIVE_LATER = 4
CUSTVAL_LIFETIME_EXPECTED = 8
CUSTVAL_LIFETIME_EXPECTED_DEVIATION = 16
CUSTVAL_LIFETIME_LOG_ALIVE = 2
CUSTVAL_LIFETIME_LOG_LIKELIHOOD = 1024
CUSTVAL_LIFETIME_NONE = 32
CUSTVAL_LIFETIME_RESIDUAL = 64
CUSTVAL_LIFETIME_ROW_MISSING = 1
CUSTVAL_LIFETIME_ROW_OK = 0
CUSTVAL_LIFETIME_ROW_RANGE = 2
CUSTVAL_LIFETIME_ROW_UNDEFINED = 3
CUSTVAL_LIFETIME_SPEND = 128
CUSTVAL_LIFETIME_VALUE = 256
CUSTVAL_LIFETIME_VALUE_DEVIATION = 512
CUSTVAL_LINK_LINEAR = 1
CUSTVAL_LINK_LOGISTIC = 2
CUSTVAL_MATRIX_COUNTS = 1
CUSTVAL_MATRIX_PROBABILITIES = 2
CUSTVAL_MAX_BRANDS = 64
CUSTVAL_MAX_CRITERIA = 4096
CUSTVAL_MAX_CUTS = 1000
CUSTVAL_MAX_DOCUMENT_DEPTH = 32
CUSTVAL_MAX_DOCUMENT_SIZE = 16777216
CUSTVAL_MAX_GROUPS = 1000
CUSTVAL_MAX_ID_LENGTH = 128
CUSTVAL_MAX_IMPACT_DRAWS = 100000
CUSTVAL_MAX_IMPACT_LINKS = 16
CUSTVAL_MAX_JUDGED = 100
CUSTVAL_MAX_LINKS = 32
CUSTVAL_MAX_MEASURES = 16
CUSTVAL_MAX_NODES = 4096
CUSTVAL_MAX_PERIODS = 1200
CUSTVAL_MAX_PREDICTORS = 256
CUSTVAL_MAX_SETS = 1024
CUSTVAL_MAX_SHAPLEY = 15
CUSTVAL_MAX_STATES = 1024
CUSTVAL_MAX_TEXT_LENGTH = 4096
CUSTVAL_MEMBERSHIP_SHARE = 1
CUSTVAL_MEMBERSHIP_TRIANGULAR = 2
CUSTVAL_MISSING_FLAT = 2
CUSTVAL_MISSING_NESTED = 1
CUSTVAL_MISSING_NEUTRAL = 3
CUSTVAL_MISSING_REJECT = 5
CUSTVAL_MISSING_WORST = 4
CUSTVAL_MIXING_ARITHMETIC = 1
CUSTVAL_MIXING_MULTIPLICATIVE = 2
CUSTVAL_MODEL_BDW = 7
CUSTVAL_MODEL_BGBB = 4
CUSTVAL_MODEL_BGNBD = 1
CUSTVAL_MODEL_GAMMA_GAMMA = 8
CUSTVAL_MODEL_MBGNBD = 2
CUSTVAL_MODEL_NBD = 5
CUSTVAL_MODEL_PNBD = 3
CUSTVAL_MODEL_SBG = 6
CUSTVAL_NEED_ROW_MISSING = 1
CUSTVAL_NEED_ROW_NEVER = 3
CUSTVAL_NEED_ROW_OK = 0
CUSTVAL_NEED_ROW_RANGE = 2
CUSTVAL_NOISE_ANY = 3
CUSTVAL_NOISE_DIRICHLET = 1
CUSTVAL_NOISE_RELATIVE = 2
CUSTVAL_NONE = 4294967295
CUSTVAL_NORMALISATION_MAXIMUM = 2
CUSTVAL_NORMALISATION_NONE = 5
CUSTVAL_NORMALISATION_RANGE = 3
CUSTVAL_NORMALISATION_SUM = 4
CUSTVAL_NORMALISATION_VECTOR = 1
CUSTVAL_OK = 0
CUSTVAL_ORIGIN_SCALE = 2
CUSTVAL_ORIGIN_WEIGHTS = 1
CUSTVAL_OUT_OF_SCALE_CLAMP = 3
CUSTVAL_OUT_OF_SCALE_MISSING = 2
CUSTVAL_OUT_OF_SCALE_REJECT = 1
CUSTVAL_PERIOD_DAY = 1
CUSTVAL_PERIOD_HOUR = 6
CUSTVAL_PERIOD_MONTH = 3
CUSTVAL_PERIOD_NUMBER = 8
CUSTVAL_PERIOD_QUARTER = 4
CUSTVAL_PERIOD_SECOND = 7
CUSTVAL_PERIOD_WEEK = 2
CUSTVAL_PERIOD_YEAR = 5
CUSTVAL_PHASE_AFTER = 3
CUSTVAL_PHASE_BEFORE = 1
CUSTVAL_PHASE_DURING = 2
CUSTVAL_PROFILES = 1
CUSTVAL_PROGRAMME_BEYOND = 1
CUSTVAL_PROGRAMME_CONTACTS = 4
CUSTVAL_PROGRAMME_GROUP = 3
CUSTVAL_PROGRAMME_LOSS = 2
CUSTVAL_PROGRAMME_OTHERS = 7
CUSTVAL_PROGRAMME_TAKEN = 0
CUSTVAL_PROGRAMME_UNTOLD = 5
CUSTVAL_PROGRAMME_VETOED = 6
CUSTVAL_PROPOSER_CASE = 2
CUSTVAL_PROPOSER_NONE = 0
CUSTVAL_PROPOSER_RULE = 1
CUSTVAL_QUADRANT_CONCENTRATE = 1
CUSTVAL_QUADRANT_KEEP = 2
CUSTVAL_QUADRANT_LOW_PRIORITY = 3
CUSTVAL_QUADRANT_OVERKILL = 4
CUSTVAL_RANDOM_INDEX_AHPSURVEY = 7
CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_2006 = 6
CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT = 8
CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991 = 4
CUSTVAL_RANDOM_INDEX_SAATY_1980 = 1
CUSTVAL_RANDOM_INDEX_SAATY_2005 = 3
CUSTVAL_RANDOM_INDEX_SAATY_2008 = 2
CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998 = 5
CUSTVAL_RANKING_CENTROID = 1
CUSTVAL_RANKING_EXPONENT = 4
CUSTVAL_RANKING_RECIPROCAL = 3
CUSTVAL_RANKING_SUM = 2
CUSTVAL_RANK_SAW = 1
CUSTVAL_RANK_TOPSIS = 4
CUSTVAL_RANK_VIKOR = 5
CUSTVAL_RANK_WASPAS = 3
CUSTVAL_RANK_WPM = 2
CUSTVAL_RATING_POINTS = 2
CUSTVAL_RATING_SMART = 4
CUSTVAL_RATING_STATED = 1
CUSTVAL_RATING_SWING = 3
CUSTVAL_REFUNDS_DROP = 3
CUSTVAL_REFUNDS_KEEP = 4
CUSTVAL_REFUNDS_NET = 2
CUSTVAL_REFUNDS_REJECT = 1
CUSTVAL_REMARK_ALWAYS = 2
CUSTVAL_REMARK_BEYOND = 8
CUSTVAL_REMARK_LOSS = 5
CUSTVAL_REMARK_NEVER = 1
CUSTVAL_REMARK_NOT_KNOWN = 7
CUSTVAL_REMARK_NO_COLUMN = 6
CUSTVAL_REMARK_RANGE = 3
CUSTVAL_REMARK_UNUSED = 4
CUSTVAL_RFM_PLUS_ONE = 2
CUSTVAL_RFM_QUANTILES = 1
CUSTVAL_RFM_RANKS = 3
CUSTVAL_ROW_BAD_WEIGHT = 16384
CUSTVAL_ROW_BITS = 16
CUSTVAL_ROW_CLAMPED = 4
CUSTVAL_ROW_DEFAULT_WEIGHTS = 16
CUSTVAL_ROW_DROPPED = 8
CUSTVAL_ROW_GATED = 1
CUSTVAL_ROW_MISSING = 256
CUSTVAL_ROW_NOT_FINITE = 1024
CUSTVAL_ROW_NO_VALUE = 4294967040
CUSTVAL_ROW_OK = 0
CUSTVAL_ROW_OUT_OF_SCALE = 512
CUSTVAL_ROW_OVERRIDDEN = 2
CUSTVAL_ROW_UNDEFINED = 32768
CUSTVAL_ROW_UNKNOWN_CATEGORY = 2048
CUSTVAL_ROW_UNKNOWN_CONTEXT = 8192
CUSTVAL_ROW_UNKNOWN_PROFILE = 4096
CUSTVAL_SCENARIO_COMPETITION = 6
CUSTVAL_SCENARIO_FEATURES = 3
CUSTVAL_SCENARIO_INDICATOR = 4
CUSTVAL_SCENARIO_PRICE = 2
CUSTVAL_SCENARIO_PROGRAMME = 5
CUSTVAL_SCENARIO_PROMOTION = 1
CUSTVAL_SCENARIO_ROW_MISSING = 2
CUSTVAL_SCENARIO_ROW_NO_VALUE = 1
CUSTVAL_SCENARIO_ROW_OK = 0
CUSTVAL_SCENARIO_ROW_RANGE = 3
CUSTVAL_SIDE_BENEFIT = 1
CUSTVAL_SIDE_NONE = 0
CUSTVAL_SIDE_SACRIFICE = 2
CUSTVAL_SUMMARY_ENTROPY = 2
CUSTVAL_SUMMARY_PAIRS = 1
CUSTVAL_SUMMARY_QUANTILES = 4
CUSTVAL_SUMMARY_REMOVAL = 8
CUSTVAL_SWITCHING_ROW_MISSING = 1
CUSTVAL_SWITCHING_ROW_OK = 0
CUSTVAL_SWITCHING_ROW_RANGE = 2
CUSTVAL_SWITCHING_ROW_UNKNOWN = 3
CUSTVAL_TAG_DO = 2
CUSTVAL_TAG_LEARN = 3
CUSTVAL_TAG_NONE = 0
CUSTVAL_TAG_PAY = 1
CUSTVAL_TIES_DENSE = 3
CUSTVAL_TIES_MAXIMUM = 2
CUSTVAL_TIES_MEAN = 4
CUSTVAL_TIES_MINIMUM = 1
CUSTVAL_TIMING_BEGIN = 3
CUSTVAL_TIMING_END = 1
CUSTVAL_TIMING_MIDDLE = 2
CUSTVAL_TRAIT_CATEGORY = 2
CUSTVAL_TRAIT_FLAG = 3
CUSTVAL_TRAIT_NUMBER = 1
CUSTVAL_TYPE_BOOL = 11
CUSTVAL_TYPE_BOOL8 = 12
CUSTVAL_TYPE_DATE32 = 40
CUSTVAL_TYPE_DATE64 = 41
CUSTVAL_TYPE_DICTIONARY = 30
CUSTVAL_TYPE_FLOAT32 = 9
CUSTVAL_TYPE_FLOAT64 = 10
CUSTVAL_TYPE_INT16 = 2
CUSTVAL_TYPE_INT32 = 3
CUSTVAL_TYPE_INT64 = 4
CUSTVAL_TYPE_INT8 = 1
CUSTVAL_TYPE_LARGE_UTF8 = 21
CUSTVAL_TYPE_TIMESTAMP_MS = 43
CUSTVAL_TYPE_TIMESTAMP_NS = 45
CUSTVAL_TYPE_TIMESTAMP_S = 42
CUSTVAL_TYPE_TIMESTAMP_US = 44
CUSTVAL_TYPE_UINT16 = 6
CUSTVAL_TYPE_UINT32 = 7
CUSTVAL_TYPE_UINT64 = 8
CUSTVAL_TYPE_UINT8 = 5
CUSTVAL_TYPE_UNSUPPORTED = 0
CUSTVAL_TYPE_UTF8 = 20
CUSTVAL_TYPE_UTF8_VIEW = 22
CUSTVAL_WALLET_ROW_EXCEEDS = 4
CUSTVAL_WALLET_ROW_MISSING = 1
CUSTVAL_WALLET_ROW_OK = 0
CUSTVAL_WALLET_ROW_RANGE = 2
CUSTVAL_WALLET_ROW_UNDEFINED = 3
CUSTVAL_WORDS_AGGREGATOR = 4
CUSTVAL_WORDS_AHP = 15
CUSTVAL_WORDS_BAD_ROWS = 31
CUSTVAL_WORDS_BWM = 18
CUSTVAL_WORDS_CONVERGENCE = 34
CUSTVAL_WORDS_CURVE = 7
CUSTVAL_WORDS_DATA = 19
CUSTVAL_WORDS_DRIVERS = 21
CUSTVAL_WORDS_EMPTY_STATE = 41
CUSTVAL_WORDS_FACTOR = 47
CUSTVAL_WORDS_FIRST_MARGIN = 43
CUSTVAL_WORDS_FIT = 20
CUSTVAL_WORDS_FORM = 3
CUSTVAL_WORDS_FUZZY = 26
CUSTVAL_WORDS_GAP_MEASURE = 44
CUSTVAL_WORDS_GATE = 9
CUSTVAL_WORDS_GROUPING = 17
CUSTVAL_WORDS_GROUP_ROW = 50
CUSTVAL_WORDS_GROUP_TEXT = 51
CUSTVAL_WORDS_IMPACT_ROW = 62
CUSTVAL_WORDS_IMPACT_USE = 61
CUSTVAL_WORDS_KANO = 48
CUSTVAL_WORDS_KIND = 1
CUSTVAL_WORDS_LIFETIME_OUTPUT = 36
CUSTVAL_WORDS_LIFETIME_ROW = 37
CUSTVAL_WORDS_LINK = 46
CUSTVAL_WORDS_MATRIX = 52
CUSTVAL_WORDS_MEMBERSHIP = 27
CUSTVAL_WORDS_MISSING = 5
CUSTVAL_WORDS_MIXING = 14
CUSTVAL_WORDS_MODEL = 33
CUSTVAL_WORDS_NEED_ROW = 57
CUSTVAL_WORDS_NOISE = 22
CUSTVAL_WORDS_NORMALISATION = 24
CUSTVAL_WORDS_ORIGIN = 11
CUSTVAL_WORDS_OUT_OF_SCALE = 6
CUSTVAL_WORDS_PERIOD = 28
CUSTVAL_WORDS_PHASE = 59
CUSTVAL_WORDS_PROGRAMME = 55
CUSTVAL_WORDS_PROPOSER = 54
CUSTVAL_WORDS_QUADRANT = 49
CUSTVAL_WORDS_RANDOM_INDEX = 16
CUSTVAL_WORDS_RANK = 23
CUSTVAL_WORDS_RANKING = 13
CUSTVAL_WORDS_RATING = 12
CUSTVAL_WORDS_REFUNDS = 29
CUSTVAL_WORDS_REMARK = 56
CUSTVAL_WORDS_RFM = 32
CUSTVAL_WORDS_ROW_STATUS = 10
CUSTVAL_WORDS_SCENARIO = 58
CUSTVAL_WORDS_SCENARIO_ROW = 60
CUSTVAL_WORDS_SIDE = 2
CUSTVAL_WORDS_SWITCHING_ROW = 42
CUSTVAL_WORDS_TAG = 8
CUSTVAL_WORDS_TIES = 25
CUSTVAL_WORDS_TIMING = 35
CUSTVAL_WORDS_TRAIT = 53
CUSTVAL_WORDS_WALLET_ROW = 40
CUSTVAL_WORDS_WORTH_PART = 38
CUSTVAL_WORDS_WORTH_ROW = 39
CUSTVAL_WORDS_ZEROS = 30
CUSTVAL_WORDS_ZONE = 45
CUSTVAL_WORTH_EXISTING = 1
CUSTVAL_WORTH_INFLUENCE = 4
CUSTVAL_WORTH_LEARNING = 8
CUSTVAL_WORTH_POTENTIAL = 2
CUSTVAL_WORTH_ROW_MISSING = 1
CUSTVAL_WORTH_ROW_OK = 0
CUSTVAL_WORTH_ROW_RANGE = 2
CUSTVAL_WORTH_WALLET = 16
CUSTVAL_ZEROS_DROP = 2
CUSTVAL_ZEROS_KEEP = 1
CUSTVAL_ZEROS_REJECT = 3
CUSTVAL_ZONE_ABOVE = 3
CUSTVAL_ZONE_BELOW = 1
CUSTVAL_ZONE_NONE = 0
CUSTVAL_ZONE_WITHIN = 2


class custval_threads(_c.Structure):
    """An opaque handle."""


class custval_table(_c.Structure):
    """An opaque handle."""


class custval_reader(_c.Structure):
    """An opaque handle."""


class custval_system(_c.Structure):
    """An opaque handle."""


class custval_builder(_c.Structure):
    """An opaque handle."""


class custval_scorer(_c.Structure):
    """An opaque handle."""


class custval_groups(_c.Structure):
    """An opaque handle."""


class custval_history(_c.Structure):
    """An opaque handle."""


class custval_impact(_c.Structure):
    """An opaque handle."""


class custval_lifetime(_c.Structure):
    """An opaque handle."""


class custval_link(_c.Structure):
    """An opaque handle."""


class custval_migration(_c.Structure):
    """An opaque handle."""


class custval_programmes(_c.Structure):
    """An opaque handle."""


class custval_scenario(_c.Structure):
    """An opaque handle."""


class custval_summary(_c.Structure):
    """An opaque handle."""


class custval_weights(_c.Structure):
    """An opaque handle."""


class custval_worth(_c.Structure):
    """An opaque handle."""


class custval_error(_c.Structure):
    """A struct of the interface."""


class custval_host(_c.Structure):
    """A struct of the interface."""


class custval_text(_c.Structure):
    """A struct of the interface."""


class custval_column(_c.Structure):
    """A struct of the interface."""


class ArrowSchema(_c.Structure):
    """A struct of the interface."""


class ArrowArray(_c.Structure):
    """A struct of the interface."""


class ArrowArrayStream(_c.Structure):
    """A struct of the interface."""


class custval_system_spec(_c.Structure):
    """A struct of the interface."""


class custval_node_spec(_c.Structure):
    """A struct of the interface."""


class custval_curve(_c.Structure):
    """A struct of the interface."""


class custval_item_spec(_c.Structure):
    """A struct of the interface."""


class custval_gate_spec(_c.Structure):
    """A struct of the interface."""


class custval_relief_spec(_c.Structure):
    """A struct of the interface."""


class custval_override_spec(_c.Structure):
    """A struct of the interface."""


class custval_origin_spec(_c.Structure):
    """A struct of the interface."""


class custval_node(_c.Structure):
    """A struct of the interface."""


class custval_frame(_c.Structure):
    """A struct of the interface."""


class custval_input(_c.Structure):
    """A struct of the interface."""


class custval_score_options(_c.Structure):
    """A struct of the interface."""


class custval_row_summary(_c.Structure):
    """A struct of the interface."""


class custval_compare_options(_c.Structure):
    """A struct of the interface."""


class custval_drivers_options(_c.Structure):
    """A struct of the interface."""


class custval_equity_options(_c.Structure):
    """A struct of the interface."""


class custval_markov_options(_c.Structure):
    """A struct of the interface."""


class custval_switching_options(_c.Structure):
    """A struct of the interface."""


class custval_response(_c.Structure):
    """A struct of the interface."""


class custval_spending(_c.Structure):
    """A struct of the interface."""


class custval_multiple_terms(_c.Structure):
    """A struct of the interface."""


class custval_contract_terms(_c.Structure):
    """A struct of the interface."""


class custval_economic_terms(_c.Structure):
    """A struct of the interface."""


class custval_groups_options(_c.Structure):
    """A struct of the interface."""


class custval_cohort_options(_c.Structure):
    """A struct of the interface."""


class custval_history_options(_c.Structure):
    """A struct of the interface."""


class custval_history_facts(_c.Structure):
    """A struct of the interface."""


class custval_history_view(_c.Structure):
    """A struct of the interface."""


class custval_rfm_options(_c.Structure):
    """A struct of the interface."""


class custval_impact_options(_c.Structure):
    """A struct of the interface."""


class custval_impact_facts(_c.Structure):
    """A struct of the interface."""


class custval_judgements(_c.Structure):
    """A struct of the interface."""


class custval_ahp_options(_c.Structure):
    """A struct of the interface."""


class custval_bwm_judgements(_c.Structure):
    """A struct of the interface."""


class custval_lifetime_columns(_c.Structure):
    """A struct of the interface."""


class custval_lifetime_fit_options(_c.Structure):
    """A struct of the interface."""


class custval_lifetime_facts(_c.Structure):
    """A struct of the interface."""


class custval_lifetime_predict_options(_c.Structure):
    """A struct of the interface."""


class custval_lifetime_counts_options(_c.Structure):
    """A struct of the interface."""


class custval_lifetime_check_options(_c.Structure):
    """A struct of the interface."""


class custval_link_options(_c.Structure):
    """A struct of the interface."""


class custval_link_facts(_c.Structure):
    """A struct of the interface."""


class custval_link_predict_options(_c.Structure):
    """A struct of the interface."""


class custval_disconfirmation_options(_c.Structure):
    """A struct of the interface."""


class custval_loss_aversion(_c.Structure):
    """A struct of the interface."""


class custval_migration_options(_c.Structure):
    """A struct of the interface."""


class custval_steady_facts(_c.Structure):
    """A struct of the interface."""


class custval_migration_fit(_c.Structure):
    """A struct of the interface."""


class custval_trend_options(_c.Structure):
    """A struct of the interface."""


class custval_panel_options(_c.Structure):
    """A struct of the interface."""


class custval_panel_facts(_c.Structure):
    """A struct of the interface."""


class custval_wave_options(_c.Structure):
    """A struct of the interface."""


class custval_wave_facts(_c.Structure):
    """A struct of the interface."""


class custval_programmes_options(_c.Structure):
    """A struct of the interface."""


class custval_need_options(_c.Structure):
    """A struct of the interface."""


class custval_rank_options(_c.Structure):
    """A struct of the interface."""


class custval_fuzzy_options(_c.Structure):
    """A struct of the interface."""


class custval_gap_options(_c.Structure):
    """A struct of the interface."""


class custval_encounters_options(_c.Structure):
    """A struct of the interface."""


class custval_penalty_options(_c.Structure):
    """A struct of the interface."""


class custval_kano_options(_c.Structure):
    """A struct of the interface."""


class custval_quadrants_options(_c.Structure):
    """A struct of the interface."""


class custval_nps_options(_c.Structure):
    """A struct of the interface."""


class custval_backtest_options(_c.Structure):
    """A struct of the interface."""


class custval_backtest_facts(_c.Structure):
    """A struct of the interface."""


class custval_scenario_path_facts(_c.Structure):
    """A struct of the interface."""


class custval_scenario_options(_c.Structure):
    """A struct of the interface."""


class custval_scenario_facts(_c.Structure):
    """A struct of the interface."""


class custval_features_terms(_c.Structure):
    """A struct of the interface."""


class custval_features_facts(_c.Structure):
    """A struct of the interface."""


class custval_price_meter_options(_c.Structure):
    """A struct of the interface."""


class custval_price_meter_facts(_c.Structure):
    """A struct of the interface."""


class custval_data_options(_c.Structure):
    """A struct of the interface."""


class custval_fit_options(_c.Structure):
    """A struct of the interface."""


class custval_noise_options(_c.Structure):
    """A struct of the interface."""


class custval_uncertainty_options(_c.Structure):
    """A struct of the interface."""


class custval_means_options(_c.Structure):
    """A struct of the interface."""


class custval_criterion(_c.Structure):
    """A struct of the interface."""


class custval_rating_options(_c.Structure):
    """A struct of the interface."""


class custval_ranking_options(_c.Structure):
    """A struct of the interface."""


class custval_mix_options(_c.Structure):
    """A struct of the interface."""


class custval_apply_options(_c.Structure):
    """A struct of the interface."""


class custval_worth_options(_c.Structure):
    """A struct of the interface."""


class custval_returns_options(_c.Structure):
    """A struct of the interface."""


class custval_concentration_options(_c.Structure):
    """A struct of the interface."""


class custval_concentration_facts(_c.Structure):
    """A struct of the interface."""


class custval_wallet_options(_c.Structure):
    """A struct of the interface."""


custval_allocator = _c.CFUNCTYPE(_c.c_void_p, _c.c_void_p, _c.c_void_p, _c.c_size_t, _c.c_size_t)
custval_progress = _c.CFUNCTYPE(_c.c_int, _c.c_void_p, _c.c_uint64, _c.c_uint64)
custval_runner_init = _c.CFUNCTYPE(_c.c_int, _c.c_void_p, _c.c_uint32)
custval_runner_body = _c.CFUNCTYPE(None, _c.c_void_p, _c.c_uint32, _c.c_uint32)
custval_runner = _c.CFUNCTYPE(_c.c_int, _c.c_void_p, _c.c_void_p, custval_runner_init, custval_runner_body, _c.c_uint32, _c.c_uint32)
custval_error._fields_ = [
    ("struct_size", _c.c_size_t),
    ("status", _c.c_int32),
    ("node", _c.c_uint32),
    ("row", _c.c_size_t),
    ("message", _c.c_char * 480),
]
custval_host._fields_ = [
    ("struct_size", _c.c_size_t),
    ("allocator", custval_allocator),
    ("allocator_data", _c.c_void_p),
    ("runner", custval_runner),
    ("runner_data", _c.c_void_p),
    ("progress", custval_progress),
    ("progress_data", _c.c_void_p),
]
custval_text._fields_ = [
    ("data", _c.c_void_p),
    ("length", _c.c_size_t),
]
custval_column._fields_ = [
    ("struct_size", _c.c_size_t),
    ("type", _c.c_uint32),
    ("index_type", _c.c_uint32),
    ("data", _c.c_void_p),
    ("stride", _c.c_ssize_t),
    ("validity", _c.POINTER(_c.c_uint8)),
    ("offset", _c.c_size_t),
    ("offsets", _c.c_void_p),
    ("dictionary", _c.POINTER(custval_column)),
    ("dictionary_length", _c.c_size_t),
]
ArrowSchema._fields_ = [
    ("format", _c.c_char_p),
    ("name", _c.c_char_p),
    ("metadata", _c.c_char_p),
    ("flags", _c.c_int64),
    ("n_children", _c.c_int64),
    ("children", _c.POINTER(_c.POINTER(ArrowSchema))),
    ("dictionary", _c.POINTER(ArrowSchema)),
    ("release", _c.CFUNCTYPE(None, _c.POINTER(ArrowSchema))),
    ("private_data", _c.c_void_p),
]
ArrowArray._fields_ = [
    ("length", _c.c_int64),
    ("null_count", _c.c_int64),
    ("offset", _c.c_int64),
    ("n_buffers", _c.c_int64),
    ("n_children", _c.c_int64),
    ("buffers", _c.POINTER(_c.c_void_p)),
    ("children", _c.POINTER(_c.POINTER(ArrowArray))),
    ("dictionary", _c.POINTER(ArrowArray)),
    ("release", _c.CFUNCTYPE(None, _c.POINTER(ArrowArray))),
    ("private_data", _c.c_void_p),
]
ArrowArrayStream._fields_ = [
    ("get_schema", _c.CFUNCTYPE(_c.c_int, _c.POINTER(ArrowArrayStream), _c.POINTER(ArrowSchema))),
    ("get_next", _c.CFUNCTYPE(_c.c_int, _c.POINTER(ArrowArrayStream), _c.POINTER(ArrowArray))),
    ("get_last_error", _c.CFUNCTYPE(_c.c_char_p, _c.POINTER(ArrowArrayStream))),
    ("release", _c.CFUNCTYPE(None, _c.POINTER(ArrowArrayStream))),
    ("private_data", _c.c_void_p),
]
custval_system_spec._fields_ = [
    ("struct_size", _c.c_size_t),
    ("id", _c.c_char_p),
    ("note", _c.c_char_p),
    ("profile_column", _c.c_char_p),
    ("context_column", _c.c_char_p),
    ("override_column", _c.c_char_p),
    ("form", _c.c_uint32),
    ("aggregator", _c.c_uint32),
    ("missing", _c.c_uint32),
    ("out_of_scale", _c.c_uint32),
    ("exponent", _c.c_double),
    ("neutral", _c.c_double),
    ("coverage_floor", _c.c_double),
]
custval_node_spec._fields_ = [
    ("struct_size", _c.c_size_t),
    ("id", _c.c_char_p),
    ("note", _c.c_char_p),
    ("weight_column", _c.c_char_p),
    ("aggregator", _c.c_uint32),
    ("tag", _c.c_uint32),
    ("weight", _c.c_double),
    ("exponent", _c.c_double),
    ("coverage_floor", _c.c_double),
    ("cost", _c.c_double),
]
custval_curve._fields_ = [
    ("struct_size", _c.c_size_t),
    ("type", _c.c_uint32),
    ("count", _c.c_uint32),
    ("x", _c.POINTER(_c.c_double)),
    ("y", _c.POINTER(_c.c_double)),
    ("categories", _c.POINTER(_c.c_char_p)),
    ("parameters", _c.c_double * 3),
]
custval_item_spec._fields_ = [
    ("struct_size", _c.c_size_t),
    ("id", _c.c_char_p),
    ("column", _c.c_char_p),
    ("note", _c.c_char_p),
    ("missing_codes", _c.POINTER(_c.c_double)),
    ("missing_code_count", _c.c_size_t),
    ("curve", _c.POINTER(custval_curve)),
    ("reversed", _c.c_uint32),
    ("out_of_scale", _c.c_uint32),
    ("has_expectation", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("scale_min", _c.c_double),
    ("scale_max", _c.c_double),
    ("weight", _c.c_double),
    ("expectation", _c.c_double),
]
custval_gate_spec._fields_ = [
    ("struct_size", _c.c_size_t),
    ("node", _c.c_char_p),
    ("note", _c.c_char_p),
    ("type", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("threshold", _c.c_double),
    ("cap", _c.c_double),
]
custval_relief_spec._fields_ = [
    ("struct_size", _c.c_size_t),
    ("node", _c.c_char_p),
    ("by", _c.c_char_p),
    ("note", _c.c_char_p),
    ("share", _c.c_double),
]
custval_override_spec._fields_ = [
    ("struct_size", _c.c_size_t),
    ("node", _c.c_char_p),
    ("key", _c.c_char_p),
    ("author", _c.c_char_p),
    ("reason", _c.c_char_p),
    ("expires", _c.c_char_p),
    ("score", _c.c_double),
]
custval_origin_spec._fields_ = [
    ("struct_size", _c.c_size_t),
    ("node", _c.c_char_p),
    ("profile", _c.c_char_p),
    ("method", _c.c_char_p),
    ("source", _c.c_char_p),
    ("date", _c.c_char_p),
    ("note", _c.c_char_p),
    ("diagnostic_names", _c.POINTER(_c.c_char_p)),
    ("diagnostic_values", _c.POINTER(_c.c_double)),
    ("diagnostic_count", _c.c_size_t),
    ("sample", _c.c_uint64),
    ("origin", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_node._fields_ = [
    ("struct_size", _c.c_size_t),
    ("id", _c.c_char_p),
    ("kind", _c.c_uint32),
    ("side", _c.c_uint32),
    ("parent", _c.c_uint32),
    ("first_child", _c.c_uint32),
    ("next_sibling", _c.c_uint32),
    ("child_count", _c.c_uint32),
    ("must_be_highest", _c.c_uint32),
    ("label_count", _c.c_uint32),
    ("local_weight", _c.c_double),
    ("global_weight", _c.c_double),
]
custval_frame._fields_ = [
    ("struct_size", _c.c_size_t),
    ("id", _c.c_char_p),
    ("note", _c.c_char_p),
    ("label_count", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_input._fields_ = [
    ("struct_size", _c.c_size_t),
    ("column", _c.c_char_p),
    ("roles", _c.c_uint32),
    ("is_text", _c.c_uint32),
]
custval_score_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("as_of", _c.c_char_p),
    ("profile", _c.c_char_p),
    ("context", _c.c_char_p),
    ("language", _c.c_char_p),
    ("levels", _c.c_uint32),
    ("coverage", _c.c_uint32),
]
custval_row_summary._fields_ = [
    ("struct_size", _c.c_size_t),
    ("rows", _c.c_size_t),
    ("scored", _c.c_size_t),
    ("marked", _c.c_size_t),
    ("count", _c.c_size_t * 16),
    ("first", _c.c_size_t * 16),
]
custval_compare_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("score", _c.POINTER(custval_score_options)),
    ("price_column", _c.c_char_p),
    ("choice_scale", _c.c_double),
    ("quality_weight", _c.c_double),
    ("price_weight", _c.c_double),
]
custval_drivers_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("rows", _c.POINTER(custval_table)),
    ("method", _c.c_uint32),
    ("resamples", _c.c_uint32),
    ("seed", _c.c_uint64),
    ("level", _c.c_double),
    ("vif_limit", _c.c_double),
]
custval_equity_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("segment", _c.c_char_p),
    ("value", _c.c_char_p),
    ("influence", _c.c_char_p),
    ("count", _c.c_char_p),
    ("probability", _c.c_char_p),
    ("prospect_value", _c.c_char_p),
    ("cost", _c.c_char_p),
    ("prospect_count", _c.c_char_p),
    ("period", _c.c_char_p),
    ("attribution", _c.c_double),
    ("rate", _c.c_double),
]
custval_markov_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("rate", _c.c_double),
    ("for_ever", _c.c_uint32),
    ("periods", _c.c_uint32),
    ("counts", _c.c_uint32),
    ("empty", _c.c_uint32),
]
custval_switching_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("brands", _c.POINTER(_c.c_char_p)),
    ("brands_count", _c.c_size_t),
    ("last", _c.c_char_p),
    ("matrix", _c.POINTER(_c.c_double)),
    ("utilities", _c.POINTER(_c.c_char_p)),
    ("inertia", _c.c_double),
    ("margins", _c.POINTER(_c.c_double)),
    ("volume", _c.c_char_p),
    ("frequency", _c.c_char_p),
    ("rate", _c.c_double),
    ("periods", _c.c_double),
    ("population", _c.c_double),
]
custval_response._fields_ = [
    ("ceiling", _c.c_double),
    ("efficiency", _c.c_double),
]
custval_spending._fields_ = [
    ("spend", _c.c_double),
    ("share", _c.c_double),
    ("value", _c.c_double),
    ("allowable", _c.c_double),
]
custval_multiple_terms._fields_ = [
    ("struct_size", _c.c_size_t),
    ("retention", _c.c_double),
    ("rate", _c.c_double),
    ("growth", _c.c_double),
    ("first", _c.c_uint32),
    ("periods", _c.c_uint32),
]
custval_contract_terms._fields_ = [
    ("struct_size", _c.c_size_t),
    ("contribution", _c.c_double),
    ("cost", _c.c_double),
    ("retention", _c.c_double),
    ("rate", _c.c_double),
    ("periods", _c.c_uint32),
    ("first", _c.c_uint32),
    ("cost_timing", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_economic_terms._fields_ = [
    ("struct_size", _c.c_size_t),
    ("reference_cost", _c.c_double),
    ("start_up", _c.c_double),
    ("post_purchase", _c.c_double),
    ("increment", _c.c_double),
    ("price", _c.c_double),
]
custval_groups_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("value", _c.c_char_p),
]
custval_cohort_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("end", _c.c_char_p),
    ("length", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_history_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("customer", _c.c_char_p),
    ("time", _c.c_char_p),
    ("amount", _c.c_char_p),
    ("cost", _c.c_char_p),
    ("quantity", _c.c_char_p),
    ("period", _c.c_uint32),
    ("refunds", _c.c_uint32),
    ("zeros", _c.c_uint32),
    ("bad_rows", _c.c_uint32),
    ("step", _c.c_double),
    ("periods_per_unit", _c.c_double),
]
custval_history_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("rows", _c.c_uint64),
    ("customers", _c.c_uint64),
    ("purchases", _c.c_uint64),
    ("refunds", _c.c_uint64),
    ("zeros", _c.c_uint64),
    ("bad", _c.c_uint64),
    ("period", _c.c_uint32),
    ("text_keys", _c.c_uint32),
    ("step", _c.c_double),
    ("periods_per_unit", _c.c_double),
    ("first", _c.c_char * 32),
    ("last", _c.c_char * 32),
    ("folded", _c.c_char * 32),
]
custval_history_view._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("end", _c.c_char_p),
    ("holdout_end", _c.c_char_p),
]
custval_rfm_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("recency", _c.c_char_p),
    ("frequency", _c.c_char_p),
    ("monetary", _c.c_char_p),
    ("bins", _c.c_uint32),
    ("rule", _c.c_uint32),
    ("recency_cuts", _c.POINTER(_c.c_double)),
    ("frequency_cuts", _c.POINTER(_c.c_double)),
    ("monetary_cuts", _c.POINTER(_c.c_double)),
]
custval_impact_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("score", _c.POINTER(custval_score_options)),
    ("levels", _c.c_uint32),
    ("draws", _c.c_uint32),
    ("seed", _c.c_uint64),
    ("level", _c.c_double),
]
custval_impact_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("rows", _c.c_uint64),
    ("not_chosen", _c.c_uint64),
    ("no_value", _c.c_uint64),
    ("missing", _c.c_uint64),
    ("range", _c.c_uint64),
    ("endless", _c.c_uint64),
    ("exact_links", _c.c_uint64),
    ("customers", _c.c_double),
    ("value", _c.c_double),
    ("probability", _c.c_double),
    ("equity", _c.c_double),
    ("equity_error", _c.c_double),
    ("equity_low", _c.c_double),
    ("equity_high", _c.c_double),
]
custval_judgements._fields_ = [
    ("struct_size", _c.c_size_t),
    ("names", _c.POINTER(_c.c_char_p)),
    ("count", _c.c_size_t),
    ("matrices", _c.POINTER(_c.c_double)),
    ("members", _c.c_size_t),
    ("member_names", _c.POINTER(_c.c_char_p)),
    ("member_weights", _c.POINTER(_c.c_double)),
    ("lower", _c.POINTER(_c.c_double)),
    ("upper", _c.POINTER(_c.c_double)),
]
custval_ahp_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("method", _c.c_uint32),
    ("random_index", _c.c_uint32),
    ("grouping", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("cr_limit", _c.c_double),
]
custval_bwm_judgements._fields_ = [
    ("struct_size", _c.c_size_t),
    ("names", _c.POINTER(_c.c_char_p)),
    ("count", _c.c_size_t),
    ("best_to_others", _c.POINTER(_c.c_double)),
    ("others_to_worst", _c.POINTER(_c.c_double)),
    ("model", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_lifetime_columns._fields_ = [
    ("struct_size", _c.c_size_t),
    ("x", _c.c_char_p),
    ("t_x", _c.c_char_p),
    ("T", _c.c_char_p),
    ("mean_spend", _c.c_char_p),
    ("lost", _c.c_char_p),
    ("count", _c.c_char_p),
]
custval_lifetime_fit_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("columns", _c.POINTER(custval_lifetime_columns)),
    ("model", _c.c_uint32),
    ("accept", _c.c_uint32),
    ("purchase_covariates", _c.POINTER(_c.c_char_p)),
    ("purchase_count", _c.c_size_t),
    ("dropout_covariates", _c.POINTER(_c.c_char_p)),
    ("dropout_count", _c.c_size_t),
    ("start_count", _c.c_size_t),
    ("start", _c.POINTER(_c.c_double)),
    ("ridge", _c.c_double),
    ("max_iterations", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("unit", _c.c_char_p),
    ("from", _c.c_char_p),
    ("to", _c.c_char_p),
]
custval_lifetime_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("model", _c.c_uint32),
    ("convergence", _c.c_uint32),
    ("parameters", _c.c_uint32),
    ("iterations", _c.c_uint32),
    ("distinct", _c.c_uint64),
    ("customers", _c.c_double),
    ("log_likelihood", _c.c_double),
    ("aic", _c.c_double),
    ("bic", _c.c_double),
    ("gradient", _c.c_double),
    ("condition", _c.c_double),
    ("ridge", _c.c_double),
    ("unit", _c.c_char_p),
    ("from", _c.c_char_p),
    ("to", _c.c_char_p),
]
custval_lifetime_predict_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("columns", _c.POINTER(custval_lifetime_columns)),
    ("outputs", _c.c_uint32),
    ("timing", _c.c_uint32),
    ("horizon", _c.c_double),
    ("horizon_column", _c.c_char_p),
    ("cash_period", _c.c_double),
    ("cash_times", _c.POINTER(_c.c_double)),
    ("cash_count", _c.c_size_t),
    ("rate", _c.c_double),
    ("rate_period", _c.c_double),
    ("rates", _c.POINTER(_c.c_double)),
    ("rates_count", _c.c_size_t),
    ("spend", _c.POINTER(custval_lifetime)),
    ("spend_column", _c.c_char_p),
    ("margin", _c.c_double),
    ("margin_column", _c.c_char_p),
    ("cost", _c.c_double),
    ("cost_column", _c.c_char_p),
    ("level", _c.c_double),
]
custval_lifetime_counts_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("columns", _c.POINTER(custval_lifetime_columns)),
    ("horizon", _c.c_double),
    ("horizon_column", _c.c_char_p),
    ("most", _c.c_uint32),
    ("quantiles_count", _c.c_uint32),
    ("quantiles", _c.POINTER(_c.c_double)),
]
custval_lifetime_check_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("columns", _c.POINTER(custval_lifetime_columns)),
    ("observed", _c.c_double),
    ("most", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_link_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("outcome", _c.c_char_p),
    ("predictors", _c.POINTER(_c.c_char_p)),
    ("predictor_count", _c.c_size_t),
    ("kind", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("ridge", _c.c_double),
]
custval_link_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("kind", _c.c_uint32),
    ("is_stated", _c.c_uint32),
    ("terms", _c.c_uint64),
    ("n", _c.c_uint64),
    ("missing", _c.c_uint64),
    ("events", _c.c_uint64),
    ("iterations", _c.c_uint64),
    ("r2", _c.c_double),
    ("r2_adjusted", _c.c_double),
    ("deviation", _c.c_double),
    ("log_likelihood", _c.c_double),
    ("null_log_likelihood", _c.c_double),
    ("mcfadden", _c.c_double),
    ("auc", _c.c_double),
    ("ridge", _c.c_double),
]
custval_link_predict_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("level", _c.c_double),
]
custval_disconfirmation_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("outcome", _c.c_char_p),
    ("performance", _c.c_char_p),
    ("expectation", _c.c_char_p),
    ("kind", _c.c_uint32),
    ("split", _c.c_uint32),
    ("level", _c.c_double),
]
custval_loss_aversion._fields_ = [
    ("struct_size", _c.c_size_t),
    ("lambda", _c.c_double),
    ("error", _c.c_double),
    ("low", _c.c_double),
    ("high", _c.c_double),
]
custval_migration_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("states", _c.POINTER(_c.c_char_p)),
    ("states_count", _c.c_size_t),
    ("absent", _c.c_char_p),
    ("id", _c.c_char_p),
    ("state", _c.c_char_p),
    ("empty", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_steady_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("closed", _c.c_uint32),
    ("absorbing", _c.c_uint32),
    ("passing", _c.c_uint32),
    ("period", _c.c_uint32),
]
custval_migration_fit._fields_ = [
    ("struct_size", _c.c_size_t),
    ("statistic", _c.c_double),
    ("likelihood", _c.c_double),
    ("freedom", _c.c_double),
    ("p", _c.c_double),
    ("least", _c.c_double),
]
custval_trend_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("id", _c.c_char_p),
    ("period", _c.c_char_p),
    ("value", _c.c_char_p),
    ("half_life", _c.c_double),
    ("as_of", _c.c_double),
    ("from_latest", _c.c_uint32),
    ("averages", _c.c_uint32),
]
custval_panel_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("variables", _c.POINTER(_c.c_char_p)),
    ("variables_count", _c.c_size_t),
    ("weight", _c.c_char_p),
    ("tolerance", _c.c_double),
    ("rounds", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_panel_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("weighted", _c.c_uint64),
    ("missing", _c.c_uint64),
    ("rounds", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("gap", _c.c_double),
    ("effective", _c.c_double),
    ("least", _c.c_double),
    ("most", _c.c_double),
]
custval_wave_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("id", _c.c_char_p),
    ("value", _c.c_char_p),
    ("weight", _c.c_char_p),
]
custval_wave_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("before_count", _c.c_uint64),
    ("after_count", _c.c_uint64),
    ("both", _c.c_uint64),
    ("before", _c.c_double),
    ("after", _c.c_double),
    ("change", _c.c_double),
    ("error", _c.c_double),
    ("low", _c.c_double),
    ("high", _c.c_double),
    ("p", _c.c_double),
]
custval_programmes_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("language", _c.c_char_p),
    ("least_net", _c.c_double),
    ("budget", _c.c_double),
    ("top", _c.c_uint32),
    ("reasons", _c.c_uint32),
]
custval_need_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("as_of", _c.c_char_p),
    ("stock", _c.c_char_p),
    ("capacity", _c.c_char_p),
    ("since", _c.c_char_p),
    ("counts", _c.POINTER(_c.c_char_p)),
    ("rates", _c.POINTER(_c.c_char_p)),
    ("kinds", _c.c_size_t),
    ("interval", _c.c_char_p),
    ("lead", _c.c_double),
    ("within", _c.c_double),
]
custval_rank_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("method", _c.c_uint32),
    ("normalisation", _c.c_uint32),
    ("ties", _c.c_uint32),
    ("shares", _c.c_uint32),
    ("share", _c.c_double),
]
custval_fuzzy_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("score", _c.POINTER(custval_score_options)),
    ("grades", _c.POINTER(_c.c_char_p)),
    ("grade_scores", _c.POINTER(_c.c_double)),
    ("cuts", _c.POINTER(_c.c_double)),
    ("grade_count", _c.c_size_t),
    ("operation", _c.c_uint32),
    ("membership", _c.c_uint32),
]
custval_gap_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("score", _c.POINTER(custval_score_options)),
    ("indicators", _c.POINTER(_c.c_char_p)),
    ("curves", _c.POINTER(_c.c_double)),
    ("indicator_count", _c.c_size_t),
    ("measures", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("alpha", _c.c_double),
    ("beta", _c.c_double),
    ("lambda", _c.c_double),
]
custval_encounters_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("customer", _c.c_char_p),
    ("time", _c.c_char_p),
    ("score", _c.c_char_p),
    ("updating", _c.c_double),
    ("weight", _c.c_double),
    ("first", _c.c_double),
    ("has_first", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_penalty_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("outcome", _c.c_char_p),
    ("indicators", _c.POINTER(_c.c_char_p)),
    ("indicator_count", _c.c_size_t),
    ("has_limits", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("low", _c.c_double),
    ("high", _c.c_double),
    ("cut", _c.c_double),
]
custval_kano_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("functional", _c.POINTER(_c.c_char_p)),
    ("dysfunctional", _c.POINTER(_c.c_char_p)),
    ("count", _c.c_size_t),
]
custval_quadrants_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("importance", _c.c_char_p),
    ("performance", _c.c_char_p),
    ("has_importance_cut", _c.c_uint32),
    ("has_performance_cut", _c.c_uint32),
    ("importance_cut", _c.c_double),
    ("performance_cut", _c.c_double),
]
custval_nps_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("column", _c.c_char_p),
    ("group", _c.c_char_p),
    ("scale_min", _c.c_double),
    ("scale_max", _c.c_double),
    ("detractors_to", _c.c_double),
    ("promoters_from", _c.c_double),
    ("level", _c.c_double),
]
custval_backtest_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("score", _c.c_char_p),
    ("outcome", _c.c_char_p),
    ("edges", _c.POINTER(_c.c_double)),
    ("edge_count", _c.c_size_t),
    ("level", _c.c_double),
]
custval_backtest_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("n", _c.c_uint64),
    ("missing", _c.c_uint64),
    ("events", _c.c_uint64),
    ("auc", _c.c_double),
    ("auc_error", _c.c_double),
    ("auc_low", _c.c_double),
    ("auc_high", _c.c_double),
    ("brier", _c.c_double),
    ("correlation", _c.c_double),
    ("rank_correlation", _c.c_double),
]
custval_scenario_path_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("jump", _c.c_double),
    ("felt_jump", _c.c_double),
    ("gain", _c.c_double),
    ("erosion", _c.c_double),
    ("recovery", _c.c_double),
    ("break_even_length", _c.c_double),
    ("best_before", _c.c_double),
    ("best_after", _c.c_double),
    ("disappointment", _c.c_double),
]
custval_scenario_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("score", _c.POINTER(custval_score_options)),
    ("group", _c.c_char_p),
    ("cuts", _c.POINTER(_c.c_double)),
    ("cut_count", _c.c_size_t),
]
custval_scenario_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("customers", _c.c_uint64),
    ("skipped", _c.c_uint64),
    ("chosen", _c.c_uint64),
    ("switching", _c.c_uint64),
    ("rose", _c.c_uint64),
    ("fell", _c.c_uint64),
    ("before", _c.c_double),
    ("during_change", _c.c_double),
    ("after_change", _c.c_double),
    ("net", _c.c_double),
    ("without", _c.c_double),
    ("break_even", _c.c_double),
    ("premium", _c.c_double),
    ("bought_anyway", _c.c_double),
    ("units_before", _c.c_double),
    ("units_during", _c.c_double),
    ("units_after", _c.c_double),
    ("profit", _c.c_double),
]
custval_features_terms._fields_ = [
    ("struct_size", _c.c_size_t),
    ("capability", _c.c_double),
    ("saturation", _c.c_double),
    ("usability", _c.c_double),
    ("burden", _c.c_double),
    ("support", _c.c_double),
    ("weight", _c.c_double),
]
custval_features_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("capability", _c.c_double),
    ("usability", _c.c_double),
    ("before_use", _c.c_double),
    ("in_use", _c.c_double),
    ("disappointment", _c.c_double),
    ("best_before", _c.c_double),
    ("best_in_use", _c.c_double),
]
custval_price_meter_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("too_cheap", _c.c_char_p),
    ("cheap", _c.c_char_p),
    ("expensive", _c.c_char_p),
    ("too_expensive", _c.c_char_p),
]
custval_price_meter_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("respondents", _c.c_uint64),
    ("dropped", _c.c_uint64),
    ("missing", _c.c_uint64),
    ("cheapest", _c.c_double),
    ("indifference", _c.c_double),
    ("optimal", _c.c_double),
    ("dearest", _c.c_double),
]
custval_data_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("method", _c.c_uint32),
    ("declared_ranges", _c.c_uint32),
]
custval_fit_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("source", _c.c_char_p),
    ("date", _c.c_char_p),
    ("note", _c.c_char_p),
    ("method", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_noise_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("profile", _c.c_char_p),
    ("noise", _c.c_uint32),
    ("draws", _c.c_uint32),
    ("seed", _c.c_uint64),
    ("concentration", _c.c_double),
    ("spread", _c.c_double),
]
custval_uncertainty_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("score", _c.POINTER(custval_score_options)),
    ("level", _c.c_double),
    ("ranks", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_means_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("columns", _c.POINTER(_c.c_char_p)),
    ("count", _c.c_size_t),
    ("group", _c.c_char_p),
    ("seed", _c.c_uint64),
    ("resamples", _c.c_uint32),
    ("few", _c.c_uint32),
    ("level", _c.c_double),
    ("top", _c.c_double),
    ("has_top", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_criterion._fields_ = [
    ("column", _c.c_char_p),
    ("side", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("weight", _c.c_double),
    ("low", _c.c_double),
    ("high", _c.c_double),
]
custval_rating_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("range_judged", _c.POINTER(_c.c_double)),
    ("range_in_use", _c.POINTER(_c.c_double)),
    ("rating", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_ranking_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("ranking", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("exponent", _c.c_double),
]
custval_mix_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("mixing", _c.c_uint32),
    ("reserved", _c.c_uint32),
    ("share", _c.c_double),
]
custval_apply_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("profile", _c.c_char_p),
    ("source", _c.c_char_p),
    ("date", _c.c_char_p),
    ("note", _c.c_char_p),
]
custval_worth_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
]
custval_returns_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("segment", _c.c_char_p),
]
custval_concentration_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("column", _c.c_char_p),
    ("points", _c.c_uint32),
    ("reserved", _c.c_uint32),
]
custval_concentration_facts._fields_ = [
    ("struct_size", _c.c_size_t),
    ("count", _c.c_uint64),
    ("missing", _c.c_uint64),
    ("negative", _c.c_uint64),
    ("sum", _c.c_double),
    ("gini", _c.c_double),
    ("gini_signed", _c.c_double),
    ("peak", _c.c_double),
    ("peak_customers", _c.c_double),
    ("top_decile", _c.c_double),
]
custval_wallet_options._fields_ = [
    ("struct_size", _c.c_size_t),
    ("host", _c.POINTER(custval_host)),
    ("own", _c.c_char_p),
    ("category", _c.c_char_p),
    ("brands", _c.POINTER(_c.c_char_p)),
    ("brands_count", _c.c_size_t),
]

# struct: its members that do not begin as zero
INITIAL: dict[str, dict[str, Any]] = {
    "custval_ahp_options": {"cr_limit": 0.1},
    "custval_apply_options": {},
    "custval_backtest_facts": {},
    "custval_backtest_options": {"level": 0.95},
    "custval_bwm_judgements": {},
    "custval_cohort_options": {"length": 1},
    "custval_column": {},
    "custval_compare_options": {"choice_scale": 0.1, "quality_weight": 0.5, "price_weight": 0.5},
    "custval_concentration_facts": {},
    "custval_concentration_options": {},
    "custval_contract_terms": {},
    "custval_curve": {},
    "custval_data_options": {},
    "custval_disconfirmation_options": {"kind": 1, "level": 0.95},
    "custval_drivers_options": {"resamples": 1000, "seed": 1, "level": 0.95, "vif_limit": 10.0},
    "custval_economic_terms": {},
    "custval_encounters_options": {"updating": -1.0, "weight": -1.0},
    "custval_equity_options": {"attribution": -1.0},
    "custval_error": {"node": 4294967295, "row": -1},
    "custval_features_facts": {},
    "custval_features_terms": {},
    "custval_fit_options": {},
    "custval_frame": {},
    "custval_fuzzy_options": {},
    "custval_gap_options": {"alpha": 0.88, "beta": 0.88, "lambda": 2.25},
    "custval_gate_spec": {},
    "custval_groups_options": {},
    "custval_history_facts": {},
    "custval_history_options": {"period": 1, "refunds": 1, "zeros": 1, "bad_rows": 1, "step": 1.0, "periods_per_unit": 1.0},
    "custval_history_view": {},
    "custval_host": {},
    "custval_impact_facts": {},
    "custval_impact_options": {"level": 0.95},
    "custval_input": {},
    "custval_item_spec": {"weight": 1.0},
    "custval_judgements": {"members": 1},
    "custval_kano_options": {},
    "custval_lifetime_check_options": {"most": 7},
    "custval_lifetime_columns": {},
    "custval_lifetime_counts_options": {"horizon": 1.0, "most": 10},
    "custval_lifetime_facts": {},
    "custval_lifetime_fit_options": {"max_iterations": 200},
    "custval_lifetime_predict_options": {"timing": 1, "horizon": 1.0, "cash_period": 1.0, "rate_period": 1.0, "margin": 1.0},
    "custval_link_facts": {},
    "custval_link_options": {"kind": 1},
    "custval_link_predict_options": {"level": 0.95},
    "custval_loss_aversion": {},
    "custval_markov_options": {"for_ever": 1},
    "custval_means_options": {"seed": 1, "resamples": 1000, "few": 30, "level": 0.95},
    "custval_migration_fit": {},
    "custval_migration_options": {},
    "custval_mix_options": {"share": 0.5},
    "custval_multiple_terms": {},
    "custval_need_options": {},
    "custval_node": {},
    "custval_node_spec": {"weight": 1.0, "coverage_floor": -1.0},
    "custval_noise_options": {"draws": 10000, "seed": 1, "concentration": 50.0, "spread": 0.25},
    "custval_nps_options": {"scale_max": 10.0, "detractors_to": 6.0, "promoters_from": 9.0, "level": 0.95},
    "custval_origin_spec": {"origin": 1},
    "custval_override_spec": {},
    "custval_panel_facts": {},
    "custval_panel_options": {"tolerance": 1e-10, "rounds": 1000},
    "custval_penalty_options": {"cut": 0.3333333333333333},
    "custval_price_meter_facts": {},
    "custval_price_meter_options": {},
    "custval_programmes_options": {"top": 3},
    "custval_quadrants_options": {},
    "custval_rank_options": {"share": 0.5},
    "custval_ranking_options": {"exponent": 1.0},
    "custval_rating_options": {},
    "custval_relief_spec": {},
    "custval_returns_options": {},
    "custval_rfm_options": {"bins": 5, "rule": 1},
    "custval_row_summary": {},
    "custval_scenario_facts": {},
    "custval_scenario_options": {},
    "custval_scenario_path_facts": {},
    "custval_score_options": {},
    "custval_steady_facts": {},
    "custval_switching_options": {"periods": 1.0},
    "custval_system_spec": {"neutral": 50.0},
    "custval_trend_options": {"half_life": 1.0, "from_latest": 1},
    "custval_uncertainty_options": {"level": 0.9},
    "custval_wallet_options": {},
    "custval_wave_facts": {},
    "custval_wave_options": {},
    "custval_worth_options": {},
}

# (struct, member): the vocabulary whose words it takes
WORDS: dict[tuple[str, str], int] = {
    ("custval_ahp_options", "grouping"): CUSTVAL_WORDS_GROUPING,
    ("custval_ahp_options", "method"): CUSTVAL_WORDS_AHP,
    ("custval_ahp_options", "random_index"): CUSTVAL_WORDS_RANDOM_INDEX,
    ("custval_bwm_judgements", "model"): CUSTVAL_WORDS_BWM,
    ("custval_contract_terms", "cost_timing"): CUSTVAL_WORDS_TIMING,
    ("custval_contract_terms", "first"): CUSTVAL_WORDS_FIRST_MARGIN,
    ("custval_curve", "type"): CUSTVAL_WORDS_CURVE,
    ("custval_data_options", "method"): CUSTVAL_WORDS_DATA,
    ("custval_disconfirmation_options", "kind"): CUSTVAL_WORDS_LINK,
    ("custval_drivers_options", "method"): CUSTVAL_WORDS_DRIVERS,
    ("custval_fit_options", "method"): CUSTVAL_WORDS_FIT,
    ("custval_fuzzy_options", "membership"): CUSTVAL_WORDS_MEMBERSHIP,
    ("custval_fuzzy_options", "operation"): CUSTVAL_WORDS_FUZZY,
    ("custval_gap_options", "measures"): CUSTVAL_WORDS_GAP_MEASURE,
    ("custval_gate_spec", "type"): CUSTVAL_WORDS_GATE,
    ("custval_history_facts", "period"): CUSTVAL_WORDS_PERIOD,
    ("custval_history_options", "bad_rows"): CUSTVAL_WORDS_BAD_ROWS,
    ("custval_history_options", "period"): CUSTVAL_WORDS_PERIOD,
    ("custval_history_options", "refunds"): CUSTVAL_WORDS_REFUNDS,
    ("custval_history_options", "zeros"): CUSTVAL_WORDS_ZEROS,
    ("custval_item_spec", "out_of_scale"): CUSTVAL_WORDS_OUT_OF_SCALE,
    ("custval_lifetime_facts", "convergence"): CUSTVAL_WORDS_CONVERGENCE,
    ("custval_lifetime_facts", "model"): CUSTVAL_WORDS_MODEL,
    ("custval_lifetime_fit_options", "model"): CUSTVAL_WORDS_MODEL,
    ("custval_lifetime_predict_options", "outputs"): CUSTVAL_WORDS_LIFETIME_OUTPUT,
    ("custval_lifetime_predict_options", "timing"): CUSTVAL_WORDS_TIMING,
    ("custval_link_facts", "kind"): CUSTVAL_WORDS_LINK,
    ("custval_link_options", "kind"): CUSTVAL_WORDS_LINK,
    ("custval_markov_options", "empty"): CUSTVAL_WORDS_EMPTY_STATE,
    ("custval_migration_options", "empty"): CUSTVAL_WORDS_EMPTY_STATE,
    ("custval_mix_options", "mixing"): CUSTVAL_WORDS_MIXING,
    ("custval_multiple_terms", "first"): CUSTVAL_WORDS_FIRST_MARGIN,
    ("custval_node", "kind"): CUSTVAL_WORDS_KIND,
    ("custval_node", "side"): CUSTVAL_WORDS_SIDE,
    ("custval_node_spec", "aggregator"): CUSTVAL_WORDS_AGGREGATOR,
    ("custval_node_spec", "tag"): CUSTVAL_WORDS_TAG,
    ("custval_noise_options", "noise"): CUSTVAL_WORDS_NOISE,
    ("custval_origin_spec", "origin"): CUSTVAL_WORDS_ORIGIN,
    ("custval_rank_options", "method"): CUSTVAL_WORDS_RANK,
    ("custval_rank_options", "normalisation"): CUSTVAL_WORDS_NORMALISATION,
    ("custval_rank_options", "ties"): CUSTVAL_WORDS_TIES,
    ("custval_ranking_options", "ranking"): CUSTVAL_WORDS_RANKING,
    ("custval_rating_options", "rating"): CUSTVAL_WORDS_RATING,
    ("custval_rfm_options", "rule"): CUSTVAL_WORDS_RFM,
    ("custval_system_spec", "aggregator"): CUSTVAL_WORDS_AGGREGATOR,
    ("custval_system_spec", "form"): CUSTVAL_WORDS_FORM,
    ("custval_system_spec", "missing"): CUSTVAL_WORDS_MISSING,
    ("custval_system_spec", "out_of_scale"): CUSTVAL_WORDS_OUT_OF_SCALE,
}

# name: (result, arguments)
FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "custval_abi_version": (_c.c_uint32, []),
    "custval_acquisition_optimum": (_c.c_int32, [_c.POINTER(custval_response), _c.c_double, _c.POINTER(custval_spending), _c.POINTER(custval_error)]),
    "custval_active_probability": (_c.c_int32, [_c.c_double, _c.c_double, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_ahp_members": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_judgements), _c.POINTER(custval_ahp_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_ahp_triads": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_judgements), _c.POINTER(custval_ahp_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_allowable_spend": (_c.c_int32, [_c.c_double, _c.c_double, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_backtest": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_backtest_options), _c.POINTER(custval_backtest_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_builder_build": (_c.c_int32, [_c.POINTER(custval_builder), _c.POINTER(_c.POINTER(custval_system)), _c.POINTER(custval_error)]),
    "custval_builder_context": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.POINTER(custval_error)]),
    "custval_builder_context_expectation": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_double, _c.POINTER(custval_error)]),
    "custval_builder_context_label": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_char_p, _c.POINTER(custval_error)]),
    "custval_builder_context_weight": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_double, _c.POINTER(custval_error)]),
    "custval_builder_derived": (_c.c_int32, [_c.POINTER(custval_builder), _c.POINTER(custval_node_spec), _c.POINTER(custval_error)]),
    "custval_builder_derived_part": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_double, _c.POINTER(custval_error)]),
    "custval_builder_dimension": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_uint32, _c.POINTER(custval_node_spec), _c.POINTER(custval_error)]),
    "custval_builder_free": (None, [_c.POINTER(custval_builder)]),
    "custval_builder_gate": (_c.c_int32, [_c.POINTER(custval_builder), _c.POINTER(custval_gate_spec), _c.POINTER(custval_error)]),
    "custval_builder_highest": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.POINTER(custval_error)]),
    "custval_builder_indicator": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.POINTER(custval_node_spec), _c.POINTER(custval_error)]),
    "custval_builder_item": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.POINTER(custval_item_spec), _c.POINTER(custval_error)]),
    "custval_builder_label": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_char_p, _c.POINTER(custval_error)]),
    "custval_builder_new": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_system_spec), _c.POINTER(_c.POINTER(custval_builder)), _c.POINTER(custval_error)]),
    "custval_builder_new_from": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_system), _c.POINTER(_c.POINTER(custval_builder)), _c.POINTER(custval_error)]),
    "custval_builder_origin": (_c.c_int32, [_c.POINTER(custval_builder), _c.POINTER(custval_origin_spec), _c.POINTER(custval_error)]),
    "custval_builder_override": (_c.c_int32, [_c.POINTER(custval_builder), _c.POINTER(custval_override_spec), _c.POINTER(custval_error)]),
    "custval_builder_profile": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.POINTER(custval_error)]),
    "custval_builder_profile_label": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_char_p, _c.POINTER(custval_error)]),
    "custval_builder_profile_weight": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_double, _c.POINTER(custval_error)]),
    "custval_builder_relief": (_c.c_int32, [_c.POINTER(custval_builder), _c.POINTER(custval_relief_spec), _c.POINTER(custval_error)]),
    "custval_builder_set_scale": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_double, _c.c_double, _c.POINTER(custval_curve), _c.POINTER(custval_error)]),
    "custval_builder_set_weight": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_char_p, _c.c_char_p, _c.c_double, _c.POINTER(custval_error)]),
    "custval_builder_side": (_c.c_int32, [_c.POINTER(custval_builder), _c.c_uint32, _c.POINTER(custval_node_spec), _c.POINTER(custval_error)]),
    "custval_calendar_months": (_c.c_int32, [_c.c_char_p, _c.c_uint32, _c.c_size_t, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_cohorts": (_c.c_int32, [_c.POINTER(custval_history), _c.POINTER(custval_cohort_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_compare": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_compare_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_compare_indicators": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_compare_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_concentration": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_concentration_options), _c.POINTER(custval_concentration_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_contractual_value": (_c.c_int32, [_c.POINTER(custval_contract_terms), _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_disconfirmation": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_disconfirmation_options), _c.POINTER(custval_loss_aversion), _c.POINTER(_c.POINTER(custval_link)), _c.POINTER(custval_error)]),
    "custval_draw_judgements": (_c.c_int32, [_c.POINTER(custval_judgements), _c.POINTER(custval_ahp_options), _c.POINTER(custval_noise_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_draw_system": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_noise_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_draw_weights": (_c.c_int32, [_c.POINTER(custval_weights), _c.POINTER(custval_noise_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_economic_value": (_c.c_int32, [_c.POINTER(custval_economic_terms), _c.POINTER(_c.c_double), _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_encounters": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_encounters_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_equity": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_equity_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_explain": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_explain_change": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_explain_text": (_c.c_int32, [_c.POINTER(custval_table), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_features": (_c.c_int32, [_c.POINTER(custval_features_terms), _c.c_double, _c.POINTER(custval_features_facts), _c.POINTER(custval_error)]),
    "custval_flip": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.c_size_t, _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_fuzzy": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_fuzzy_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_fuzzy_compose": (_c.c_int32, [_c.POINTER(_c.c_double), _c.POINTER(_c.c_double), _c.c_size_t, _c.c_size_t, _c.c_uint32, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_gap": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_gap_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_groups_assign": (_c.c_int32, [_c.POINTER(custval_groups), _c.POINTER(custval_table), _c.POINTER(custval_groups_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_groups_count": (_c.c_size_t, [_c.POINTER(custval_groups)]),
    "custval_groups_describe": (_c.c_int32, [_c.POINTER(custval_groups), _c.POINTER(custval_table), _c.POINTER(custval_groups_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_groups_fix": (_c.c_int32, [_c.POINTER(custval_groups), _c.POINTER(custval_table), _c.POINTER(custval_groups_options), _c.POINTER(_c.POINTER(custval_groups)), _c.POINTER(custval_error)]),
    "custval_groups_free": (None, [_c.POINTER(custval_groups)]),
    "custval_groups_id": (_c.c_char_p, [_c.POINTER(custval_groups), _c.c_size_t]),
    "custval_groups_measure": (_c.c_char_p, [_c.POINTER(custval_groups), _c.c_size_t, _c.POINTER(_c.c_char_p)]),
    "custval_groups_measures": (_c.c_size_t, [_c.POINTER(custval_groups)]),
    "custval_groups_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_groups)), _c.POINTER(custval_error)]),
    "custval_groups_ref": (_c.POINTER(custval_groups), [_c.POINTER(custval_groups)]),
    "custval_groups_text": (_c.c_char_p, [_c.POINTER(custval_groups), _c.c_size_t, _c.c_uint32, _c.c_char_p]),
    "custval_groups_write": (_c.c_int32, [_c.POINTER(custval_groups), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_has_feature": (_c.c_int, [_c.c_char_p]),
    "custval_history_add": (_c.c_int32, [_c.POINTER(custval_history), _c.POINTER(custval_table), _c.POINTER(custval_error)]),
    "custval_history_course": (_c.c_int32, [_c.POINTER(custval_history), _c.POINTER(custval_history_view), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_history_facts_get": (_c.c_int32, [_c.POINTER(custval_history), _c.POINTER(custval_history_facts), _c.POINTER(custval_error)]),
    "custval_history_fold": (_c.c_int32, [_c.POINTER(custval_history), _c.c_char_p, _c.POINTER(custval_error)]),
    "custval_history_free": (None, [_c.POINTER(custval_history)]),
    "custval_history_merge": (_c.c_int32, [_c.POINTER(custval_history), _c.POINTER(custval_history), _c.POINTER(custval_error)]),
    "custval_history_new": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_history_options), _c.POINTER(_c.POINTER(custval_history)), _c.POINTER(custval_error)]),
    "custval_history_path": (_c.c_int32, [_c.POINTER(custval_history), _c.c_char_p, _c.POINTER(custval_history_view), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_history_read": (_c.c_int32, [_c.POINTER(custval_host), _c.c_void_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_history)), _c.POINTER(custval_error)]),
    "custval_history_table": (_c.c_int32, [_c.POINTER(custval_history), _c.POINTER(custval_history_view), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_history_write": (_c.c_int32, [_c.POINTER(custval_history), _c.c_void_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_impact_assumptions": (_c.c_int32, [_c.POINTER(custval_impact), _c.POINTER(custval_host), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_impact_column": (_c.c_char_p, [_c.POINTER(custval_impact), _c.POINTER(custval_system), _c.c_uint32, _c.c_size_t]),
    "custval_impact_fit": (_c.c_int32, [_c.POINTER(custval_impact), _c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_impact)), _c.POINTER(custval_error)]),
    "custval_impact_free": (None, [_c.POINTER(custval_impact)]),
    "custval_impact_link": (_c.POINTER(custval_link), [_c.POINTER(custval_impact), _c.c_size_t]),
    "custval_impact_links": (_c.c_size_t, [_c.POINTER(custval_impact)]),
    "custval_impact_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_impact)), _c.POINTER(custval_error)]),
    "custval_impact_ref": (_c.POINTER(custval_impact), [_c.POINTER(custval_impact)]),
    "custval_impact_run": (_c.c_int32, [_c.POINTER(custval_impact), _c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_impact_options), _c.POINTER(custval_impact_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_impact_write": (_c.c_int32, [_c.POINTER(custval_impact), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_kano": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_kano_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_levers": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_life_cycle_cost": (_c.c_int32, [_c.c_double, _c.POINTER(_c.c_double), _c.c_size_t, _c.c_double, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_lifetime_by_frequency": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.POINTER(custval_table), _c.POINTER(custval_lifetime_check_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_compare": (_c.c_int32, [_c.POINTER(_c.POINTER(custval_lifetime)), _c.c_size_t, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_counts": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.POINTER(custval_table), _c.POINTER(custval_lifetime_counts_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_covariance": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.c_uint32, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_facts_get": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.POINTER(custval_lifetime_facts), _c.POINTER(custval_error)]),
    "custval_lifetime_fit": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_lifetime_fit_options), _c.POINTER(_c.POINTER(custval_lifetime)), _c.POINTER(custval_error)]),
    "custval_lifetime_free": (None, [_c.POINTER(custval_lifetime)]),
    "custval_lifetime_new": (_c.c_int32, [_c.POINTER(custval_host), _c.c_uint32, _c.POINTER(_c.c_double), _c.c_size_t, _c.c_char_p, _c.POINTER(_c.POINTER(custval_lifetime)), _c.POINTER(custval_error)]),
    "custval_lifetime_parameters": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.c_double, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_lifetime)), _c.POINTER(custval_error)]),
    "custval_lifetime_predict": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.POINTER(custval_table), _c.POINTER(custval_lifetime_predict_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_ref": (_c.POINTER(custval_lifetime), [_c.POINTER(custval_lifetime)]),
    "custval_lifetime_spend": (_c.POINTER(custval_lifetime), [_c.POINTER(custval_lifetime)]),
    "custval_lifetime_survivors": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(_c.c_double), _c.c_size_t, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_track": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_lifetime_check_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_lifetime_with_spend": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.POINTER(custval_lifetime), _c.POINTER(_c.POINTER(custval_lifetime)), _c.POINTER(custval_error)]),
    "custval_lifetime_write": (_c.c_int32, [_c.POINTER(custval_lifetime), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_link_coefficients": (_c.c_int32, [_c.POINTER(custval_link), _c.POINTER(custval_host), _c.c_double, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_link_column": (_c.c_char_p, [_c.POINTER(custval_link), _c.c_size_t]),
    "custval_link_describe": (_c.c_int32, [_c.POINTER(custval_link), _c.POINTER(custval_link_facts), _c.POINTER(custval_error)]),
    "custval_link_effects": (_c.c_int32, [_c.POINTER(_c.POINTER(custval_link)), _c.c_size_t, _c.POINTER(custval_host), _c.c_double, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_link_fit": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_link_options), _c.POINTER(_c.POINTER(custval_link)), _c.POINTER(custval_error)]),
    "custval_link_free": (None, [_c.POINTER(custval_link)]),
    "custval_link_numbers": (_c.c_int32, [_c.POINTER(custval_link), _c.POINTER(_c.c_double), _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_link_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_link)), _c.POINTER(custval_error)]),
    "custval_link_predict": (_c.c_int32, [_c.POINTER(custval_link), _c.POINTER(custval_table), _c.POINTER(custval_link_predict_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_link_ref": (_c.POINTER(custval_link), [_c.POINTER(custval_link)]),
    "custval_link_write": (_c.c_int32, [_c.POINTER(custval_link), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_margin_multiple": (_c.c_int32, [_c.POINTER(custval_multiple_terms), _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_markov_value": (_c.c_int32, [_c.c_uint32, _c.POINTER(_c.c_double), _c.POINTER(_c.c_double), _c.POINTER(custval_markov_options), _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_means": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_means_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_migration_add": (_c.c_int32, [_c.POINTER(custval_migration), _c.POINTER(custval_table), _c.POINTER(custval_error)]),
    "custval_migration_flows": (_c.c_int32, [_c.POINTER(custval_migration), _c.c_uint32, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_migration_forecast": (_c.c_int32, [_c.POINTER(custval_migration), _c.c_uint32, _c.POINTER(_c.c_double), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_migration_free": (None, [_c.POINTER(custval_migration)]),
    "custval_migration_matrix": (_c.c_int32, [_c.POINTER(custval_migration), _c.c_uint32, _c.c_uint32, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_migration_new": (_c.c_int32, [_c.POINTER(custval_migration_options), _c.POINTER(_c.POINTER(custval_migration)), _c.POINTER(custval_error)]),
    "custval_migration_state": (_c.c_char_p, [_c.POINTER(custval_migration), _c.c_uint32]),
    "custval_migration_states": (_c.c_uint32, [_c.POINTER(custval_migration)]),
    "custval_migration_steady": (_c.c_int32, [_c.POINTER(custval_migration), _c.POINTER(custval_steady_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_migration_steps": (_c.c_uint32, [_c.POINTER(custval_migration)]),
    "custval_migration_test": (_c.c_int32, [_c.POINTER(custval_migration), _c.POINTER(custval_migration), _c.POINTER(custval_migration_fit), _c.POINTER(custval_error)]),
    "custval_migration_value": (_c.c_int32, [_c.POINTER(custval_migration), _c.POINTER(_c.c_double), _c.POINTER(custval_markov_options), _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_next_need": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_need_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_nps": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_nps_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_panel_weights": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_panel_options), _c.POINTER(custval_panel_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_penalty_reward": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_penalty_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_present_value": (_c.c_int32, [_c.POINTER(_c.c_double), _c.c_size_t, _c.c_double, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_price_meter": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_price_meter_options), _c.POINTER(custval_price_meter_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_programme_return": (_c.c_int32, [_c.c_double, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_programmes_check": (_c.c_int32, [_c.POINTER(custval_programmes), _c.POINTER(custval_table), _c.POINTER(custval_programmes_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_programmes_column": (_c.c_char_p, [_c.POINTER(custval_programmes), _c.c_size_t]),
    "custval_programmes_column_type": (_c.c_uint32, [_c.POINTER(custval_programmes), _c.c_size_t]),
    "custval_programmes_columns": (_c.c_size_t, [_c.POINTER(custval_programmes)]),
    "custval_programmes_count": (_c.c_size_t, [_c.POINTER(custval_programmes)]),
    "custval_programmes_explain": (_c.c_int32, [_c.POINTER(custval_programmes), _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_programmes_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_programmes_free": (None, [_c.POINTER(custval_programmes)]),
    "custval_programmes_list": (_c.c_int32, [_c.POINTER(custval_programmes), _c.POINTER(custval_programmes_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_programmes_match": (_c.c_int32, [_c.POINTER(custval_programmes), _c.POINTER(custval_table), _c.POINTER(custval_programmes_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_programmes_nearest": (_c.c_int32, [_c.POINTER(custval_programmes), _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_programmes_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_programmes_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_programmes)), _c.POINTER(custval_error)]),
    "custval_programmes_ref": (_c.POINTER(custval_programmes), [_c.POINTER(custval_programmes)]),
    "custval_programmes_segment": (_c.c_char_p, [_c.POINTER(custval_programmes)]),
    "custval_programmes_update": (_c.c_int32, [_c.POINTER(custval_programmes), _c.POINTER(custval_table), _c.POINTER(custval_programmes_options), _c.POINTER(_c.POINTER(custval_programmes)), _c.POINTER(custval_error)]),
    "custval_programmes_write": (_c.c_int32, [_c.POINTER(custval_programmes), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_quadrants": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_quadrants_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_random_index_value": (_c.c_double, [_c.c_uint32, _c.c_size_t]),
    "custval_rank": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_criterion), _c.c_size_t, _c.POINTER(custval_rank_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_ranks": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(_c.c_double), _c.c_size_t, _c.c_uint32, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_reader_free": (None, [_c.POINTER(custval_reader)]),
    "custval_reader_new": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(ArrowArrayStream), _c.POINTER(_c.POINTER(custval_reader)), _c.POINTER(custval_error)]),
    "custval_reader_next": (_c.c_int32, [_c.POINTER(custval_reader), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_retention_optimum": (_c.c_int32, [_c.POINTER(custval_response), _c.c_double, _c.c_double, _c.POINTER(custval_spending), _c.POINTER(custval_error)]),
    "custval_reversal": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_rfm": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_rfm_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_row_reason": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_score_options), _c.c_char_p, _c.c_size_t, _c.POINTER(custval_error)]),
    "custval_row_summary_add": (_c.c_int32, [_c.POINTER(custval_row_summary), _c.POINTER(custval_table), _c.POINTER(custval_error)]),
    "custval_scenario_column": (_c.c_char_p, [_c.POINTER(custval_scenario), _c.c_size_t]),
    "custval_scenario_columns": (_c.c_size_t, [_c.POINTER(custval_scenario)]),
    "custval_scenario_explain": (_c.c_int32, [_c.POINTER(custval_scenario), _c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.c_uint32, _c.POINTER(custval_scenario_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_scenario_free": (None, [_c.POINTER(custval_scenario)]),
    "custval_scenario_kind_of": (_c.c_uint32, [_c.POINTER(custval_scenario)]),
    "custval_scenario_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_scenario)), _c.POINTER(custval_error)]),
    "custval_scenario_path": (_c.c_int32, [_c.POINTER(custval_scenario), _c.POINTER(custval_host), _c.POINTER(custval_scenario_path_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_scenario_ref": (_c.POINTER(custval_scenario), [_c.POINTER(custval_scenario)]),
    "custval_scenario_run": (_c.c_int32, [_c.POINTER(custval_scenario), _c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_scenario_options), _c.POINTER(custval_scenario_facts), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_scenario_write": (_c.c_int32, [_c.POINTER(custval_scenario), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_score": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_score_stream": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(ArrowArrayStream), _c.POINTER(custval_score_options), _c.POINTER(ArrowArrayStream), _c.POINTER(custval_error)]),
    "custval_scorer_column_name": (_c.c_char_p, [_c.POINTER(custval_scorer), _c.c_uint32]),
    "custval_scorer_columns": (_c.c_uint32, [_c.POINTER(custval_scorer)]),
    "custval_scorer_free": (None, [_c.POINTER(custval_scorer)]),
    "custval_scorer_new": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_scorer)), _c.POINTER(custval_error)]),
    "custval_scorer_row": (_c.c_int32, [_c.POINTER(custval_scorer), _c.POINTER(_c.c_double), _c.POINTER(custval_text), _c.POINTER(_c.c_double), _c.POINTER(_c.c_uint32)]),
    "custval_scorer_table": (_c.c_int32, [_c.POINTER(custval_scorer), _c.POINTER(custval_table), _c.POINTER(_c.POINTER(_c.c_double)), _c.POINTER(_c.c_uint32), _c.POINTER(custval_error)]),
    "custval_sensitivity": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.c_size_t, _c.POINTER(custval_score_options), _c.POINTER(custval_noise_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_smoothed_interval": (_c.c_int32, [_c.POINTER(_c.c_double), _c.c_size_t, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_status_description": (_c.c_char_p, [_c.c_int32]),
    "custval_status_name": (_c.c_char_p, [_c.c_int32]),
    "custval_summary_add": (_c.c_int32, [_c.POINTER(custval_summary), _c.POINTER(custval_table), _c.POINTER(custval_error)]),
    "custval_summary_correlations": (_c.c_int32, [_c.POINTER(custval_summary), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_summary_free": (None, [_c.POINTER(custval_summary)]),
    "custval_summary_merge": (_c.c_int32, [_c.POINTER(custval_summary), _c.POINTER(custval_summary), _c.POINTER(custval_error)]),
    "custval_summary_new": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_criterion), _c.c_size_t, _c.c_uint32, _c.POINTER(_c.POINTER(custval_summary)), _c.POINTER(custval_error)]),
    "custval_summary_quantile": (_c.c_int32, [_c.POINTER(custval_summary), _c.c_size_t, _c.c_double, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_summary_read": (_c.c_int32, [_c.POINTER(custval_host), _c.c_void_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_summary)), _c.POINTER(custval_error)]),
    "custval_summary_rows": (_c.c_uint64, [_c.POINTER(custval_summary)]),
    "custval_summary_table": (_c.c_int32, [_c.POINTER(custval_summary), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_summary_write": (_c.c_int32, [_c.POINTER(custval_summary), _c.c_void_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_switching": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_switching_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_system_check": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_system_criteria": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.c_char_p, _c.POINTER(custval_criterion), _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_system_derived_part": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.c_uint32, _c.POINTER(_c.c_uint32), _c.POINTER(_c.c_double)]),
    "custval_system_expectation": (_c.c_int, [_c.POINTER(custval_system), _c.c_uint32, _c.c_uint32, _c.POINTER(_c.c_double)]),
    "custval_system_find": (_c.c_int32, [_c.POINTER(custval_system), _c.c_char_p, _c.POINTER(_c.c_uint32), _c.POINTER(custval_error)]),
    "custval_system_fit": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_summary), _c.POINTER(custval_fit_options), _c.POINTER(_c.POINTER(custval_system)), _c.POINTER(custval_error)]),
    "custval_system_frame": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.c_uint32, _c.POINTER(custval_frame), _c.POINTER(custval_error)]),
    "custval_system_frame_label_at": (_c.c_char_p, [_c.POINTER(custval_system), _c.c_uint32, _c.c_uint32, _c.c_uint32, _c.POINTER(_c.c_char_p)]),
    "custval_system_frame_weight": (_c.c_int, [_c.POINTER(custval_system), _c.c_uint32, _c.c_uint32, _c.c_uint32, _c.POINTER(_c.c_double)]),
    "custval_system_frames": (_c.c_uint32, [_c.POINTER(custval_system), _c.c_uint32]),
    "custval_system_free": (None, [_c.POINTER(custval_system)]),
    "custval_system_from_table": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_table), _c.POINTER(_c.POINTER(custval_system)), _c.POINTER(custval_error)]),
    "custval_system_gate": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_gate_spec), _c.POINTER(custval_error)]),
    "custval_system_gates": (_c.c_uint32, [_c.POINTER(custval_system)]),
    "custval_system_get": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_system_spec), _c.POINTER(custval_error)]),
    "custval_system_input": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_input), _c.POINTER(custval_error)]),
    "custval_system_inputs": (_c.c_uint32, [_c.POINTER(custval_system)]),
    "custval_system_item_spec": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_item_spec), _c.POINTER(custval_error)]),
    "custval_system_label": (_c.c_char_p, [_c.POINTER(custval_system), _c.c_uint32, _c.c_char_p]),
    "custval_system_label_at": (_c.c_char_p, [_c.POINTER(custval_system), _c.c_uint32, _c.c_uint32, _c.POINTER(_c.c_char_p)]),
    "custval_system_node": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_node), _c.POINTER(custval_error)]),
    "custval_system_node_spec": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_node_spec), _c.POINTER(custval_error)]),
    "custval_system_nodes": (_c.c_uint32, [_c.POINTER(custval_system)]),
    "custval_system_origin": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_origin_spec), _c.POINTER(custval_error)]),
    "custval_system_origins": (_c.c_uint32, [_c.POINTER(custval_system)]),
    "custval_system_override": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_override_spec), _c.POINTER(custval_error)]),
    "custval_system_overrides": (_c.c_uint32, [_c.POINTER(custval_system)]),
    "custval_system_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_system)), _c.POINTER(custval_error)]),
    "custval_system_ref": (_c.POINTER(custval_system), [_c.POINTER(custval_system)]),
    "custval_system_relief": (_c.c_int32, [_c.POINTER(custval_system), _c.c_uint32, _c.POINTER(custval_relief_spec), _c.POINTER(custval_error)]),
    "custval_system_reliefs": (_c.c_uint32, [_c.POINTER(custval_system)]),
    "custval_system_text": (_c.c_int32, [_c.POINTER(custval_system), _c.c_char_p, _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_system_weights": (_c.c_int32, [_c.POINTER(custval_system), _c.c_char_p, _c.c_char_p, _c.POINTER(_c.c_double), _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_system_write": (_c.c_int32, [_c.POINTER(custval_system), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_table_add": (_c.c_int32, [_c.POINTER(custval_table), _c.c_char_p, _c.POINTER(custval_column), _c.POINTER(custval_error)]),
    "custval_table_add_copy": (_c.c_int32, [_c.POINTER(custval_table), _c.c_char_p, _c.POINTER(custval_column), _c.POINTER(custval_error)]),
    "custval_table_add_doubles": (_c.c_int32, [_c.POINTER(custval_table), _c.c_char_p, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_table_add_texts": (_c.c_int32, [_c.POINTER(custval_table), _c.c_char_p, _c.POINTER(custval_text), _c.POINTER(custval_error)]),
    "custval_table_column": (_c.c_int32, [_c.POINTER(custval_table), _c.c_size_t, _c.POINTER(custval_column), _c.POINTER(custval_error)]),
    "custval_table_columns": (_c.c_size_t, [_c.POINTER(custval_table)]),
    "custval_table_export_arrow": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(ArrowArray), _c.POINTER(ArrowSchema), _c.POINTER(custval_error)]),
    "custval_table_export_stream": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(ArrowArrayStream), _c.POINTER(custval_error)]),
    "custval_table_find": (_c.c_int32, [_c.POINTER(custval_table), _c.c_char_p, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
    "custval_table_free": (None, [_c.POINTER(custval_table)]),
    "custval_table_import_arrow": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(ArrowArray), _c.POINTER(ArrowSchema), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_table_name": (_c.c_char_p, [_c.POINTER(custval_table), _c.c_size_t]),
    "custval_table_new": (_c.c_int32, [_c.POINTER(custval_host), _c.c_size_t, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_table_new_from_rows": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(_c.c_char_p), _c.c_size_t, _c.POINTER(_c.c_double), _c.c_size_t, _c.c_size_t, _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_table_number": (_c.c_int32, [_c.POINTER(custval_table), _c.c_size_t, _c.c_size_t, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_table_ref": (_c.POINTER(custval_table), [_c.POINTER(custval_table)]),
    "custval_table_rows": (_c.c_size_t, [_c.POINTER(custval_table)]),
    "custval_table_text": (_c.c_int32, [_c.POINTER(custval_table), _c.c_size_t, _c.c_size_t, _c.POINTER(custval_text), _c.POINTER(custval_error)]),
    "custval_target": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.c_size_t, _c.c_double, _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_threads_count": (_c.c_uint32, [_c.POINTER(custval_threads)]),
    "custval_threads_free": (None, [_c.POINTER(custval_threads)]),
    "custval_threads_new": (_c.c_int32, [_c.POINTER(custval_host), _c.c_uint32, _c.POINTER(_c.POINTER(custval_threads)), _c.POINTER(custval_error)]),
    "custval_threads_run": (_c.c_int, [_c.c_void_p, _c.c_void_p, custval_runner_init, custval_runner_body, _c.c_uint32, _c.c_uint32]),
    "custval_tolerance": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_score_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_trend": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_trend_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_type_name": (_c.c_char_p, [_c.c_uint32]),
    "custval_uncertainty": (_c.c_int32, [_c.POINTER(custval_system), _c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_uncertainty_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_version": (_c.c_uint32, []),
    "custval_version_string": (_c.c_char_p, []),
    "custval_wallet_allocation": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_wallet_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_wallet_share": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_wallet_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_wave_change": (_c.c_int32, [_c.POINTER(custval_table), _c.POINTER(custval_table), _c.POINTER(custval_wave_options), _c.POINTER(custval_wave_facts), _c.POINTER(custval_error)]),
    "custval_weights_ahp": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_judgements), _c.POINTER(custval_ahp_options), _c.POINTER(_c.POINTER(custval_weights)), _c.POINTER(custval_error)]),
    "custval_weights_apply": (_c.c_int32, [_c.POINTER(custval_weights), _c.POINTER(custval_system), _c.POINTER(custval_apply_options), _c.POINTER(_c.POINTER(custval_system)), _c.POINTER(custval_error)]),
    "custval_weights_bwm": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_bwm_judgements), _c.POINTER(_c.POINTER(custval_weights)), _c.POINTER(custval_error)]),
    "custval_weights_compare": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_weights), _c.POINTER(custval_weights), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_weights_count": (_c.c_size_t, [_c.POINTER(custval_weights)]),
    "custval_weights_data": (_c.c_int32, [_c.POINTER(custval_summary), _c.POINTER(custval_data_options), _c.POINTER(_c.POINTER(custval_weights)), _c.POINTER(custval_error)]),
    "custval_weights_diagnostic": (_c.c_int32, [_c.POINTER(custval_weights), _c.c_char_p, _c.POINTER(_c.c_double), _c.POINTER(custval_error)]),
    "custval_weights_diagnostics": (_c.POINTER(custval_table), [_c.POINTER(custval_weights)]),
    "custval_weights_drivers": (_c.c_int32, [_c.POINTER(custval_summary), _c.c_char_p, _c.POINTER(custval_drivers_options), _c.POINTER(_c.POINTER(custval_weights)), _c.POINTER(custval_error)]),
    "custval_weights_free": (None, [_c.POINTER(custval_weights)]),
    "custval_weights_method": (_c.c_char_p, [_c.POINTER(custval_weights)]),
    "custval_weights_mix": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(custval_weights), _c.POINTER(custval_weights), _c.POINTER(custval_mix_options), _c.POINTER(_c.POINTER(custval_weights)), _c.POINTER(custval_error)]),
    "custval_weights_name": (_c.c_char_p, [_c.POINTER(custval_weights), _c.c_size_t]),
    "custval_weights_notes": (_c.POINTER(custval_table), [_c.POINTER(custval_weights)]),
    "custval_weights_ranks": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(_c.c_char_p), _c.POINTER(_c.c_double), _c.c_size_t, _c.POINTER(custval_ranking_options), _c.POINTER(_c.POINTER(custval_weights)), _c.POINTER(custval_error)]),
    "custval_weights_ratings": (_c.c_int32, [_c.POINTER(custval_host), _c.POINTER(_c.c_char_p), _c.POINTER(_c.c_double), _c.c_size_t, _c.POINTER(custval_rating_options), _c.POINTER(_c.POINTER(custval_weights)), _c.POINTER(custval_error)]),
    "custval_weights_ref": (_c.POINTER(custval_weights), [_c.POINTER(custval_weights)]),
    "custval_weights_sample": (_c.c_uint64, [_c.POINTER(custval_weights)]),
    "custval_weights_share": (_c.c_double, [_c.POINTER(custval_weights), _c.c_size_t]),
    "custval_weights_table": (_c.POINTER(custval_table), [_c.POINTER(custval_weights)]),
    "custval_word": (_c.c_char_p, [_c.c_uint32, _c.c_uint32]),
    "custval_word_value": (_c.c_int32, [_c.c_uint32, _c.c_char_p, _c.POINTER(_c.c_uint32), _c.POINTER(custval_error)]),
    "custval_worth_column": (_c.c_char_p, [_c.POINTER(custval_worth), _c.c_size_t]),
    "custval_worth_columns": (_c.c_size_t, [_c.POINTER(custval_worth)]),
    "custval_worth_free": (None, [_c.POINTER(custval_worth)]),
    "custval_worth_parse": (_c.c_int32, [_c.POINTER(custval_host), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.POINTER(custval_worth)), _c.POINTER(custval_error)]),
    "custval_worth_parts": (_c.c_uint32, [_c.POINTER(custval_worth)]),
    "custval_worth_ref": (_c.POINTER(custval_worth), [_c.POINTER(custval_worth)]),
    "custval_worth_returns": (_c.c_int32, [_c.POINTER(custval_worth), _c.POINTER(custval_table), _c.POINTER(custval_returns_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_worth_value": (_c.c_int32, [_c.POINTER(custval_worth), _c.POINTER(custval_table), _c.POINTER(custval_worth_options), _c.POINTER(_c.POINTER(custval_table)), _c.POINTER(custval_error)]),
    "custval_worth_write": (_c.c_int32, [_c.POINTER(custval_worth), _c.c_char_p, _c.c_size_t, _c.POINTER(_c.c_size_t), _c.POINTER(custval_error)]),
}
