#include <gtest/gtest.h>

#include "common/content/check_fault.h"

// What the checker says about spoilt ledgers, values, threats, risk models and diagnoses.
namespace staraction::content {
namespace {

const char kScheme[] = "asset-scheme/scheme.textproto";
const char kScales[] = "asset-scheme/value_scales.textproto";
const char kLedger[] = "asset-templates/manufacturing.textproto";
const char kThreats[] = "risk-model/threats.textproto";
const char kModels[] = "risk-model/models.textproto";
const char kDiagnosis[] = "self-diagnosis/edition_3_1.textproto";
const char kCalendar[] = "operation/calendar.textproto";
const char kVariant[] = "self-diagnosis/edition_2.textproto";
const char kPractice[] = "practice-check/checks.textproto";

INSTANTIATE_TEST_SUITE_P(
    Ledger, CheckTest,
    testing::ValuesIn(std::vector<Fault>{
        {"StageWithoutProfile", kScheme, "profile { stage: \"ENTRUST\" absent: true }", "",
         "no profile of stage ENTRUST", "media[\"PAPER\"]"},
        {"StageTwice", kScheme, "profile { stage: \"ENTRUST\" absent: true }",
         "profile { stage: \"USE\" absent: true }", "stands here twice", "media[\"PAPER\"]"},
        {"ProfileOfNoStage", kScheme, "profile { stage: \"ENTRUST\" absent: true }",
         "profile { stage: \"LOSE\" absent: true }", "there is no stage LOSE", "profile["},
        {"ProfileWithoutHow", kScheme, "profile { stage: \"ENTRUST\" absent: true }",
         "profile { stage: \"ENTRUST\" }", "place, who and how are all there", "profile["},
        {"SpellingOfTwoMedia", kScheme, "spellings: [\"紙\"", "spellings: [\"usbメモリ\"",
         "means PAPER, too", "media[\"PORTABLE\"]"},
        {"SpellingOfTwoColumns", kScheme, "spellings: [\"説明\"", "spellings: [\"媒体\"",
         "means NOTE, too", "columns[\"MEDIUM\"]"},
        {"LevelsOutOfOrder", kScales, "value: 2", "value: 1", "1 isn't from 2 to 3",
         "value_scales[\"value-scale-2\"].levels[\"TOP\"].value"},
        {"LevelOfAnotherName", kScales, "code: \"TOP\"", "code: \"HIGH\"",
         "the code is TOP in every edition", "levels[\"HIGH\"]"},
        {"EntryOnNoMedium", kLedger, "medium: \"OFFICE_SERVER\"", "medium: \"SHELF\"",
         "there is no medium SHELF", "entries[\"OWN_01\"].medium"},
        {"EntryOfNoLevel", kLedger, "confidentiality: \"TOP\"", "confidentiality: \"HUGE\"",
         "has no level HUGE", "entries[\"OWN_01\"].confidentiality"},
        {"EntryWithAnUnknownFlag", kLedger, "flags: \"PERSONAL\"", "flags: \"SECRET\"",
         "there is no flag SECRET", "].flags[0]"},
        {"LedgerOfNoIndustry", kLedger, "industry: \"MANUFACTURING\"", "industry: \"MINING\"",
         "there is no industry MINING", "asset_templates[\"ledger-manufacturing\"].industry"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Risk, CheckTest,
    testing::ValuesIn(std::vector<Fault>{
        {"ThreatToNoMedium", kThreats, "media: [\"PAPER\"]", "media: [\"WALL\"]",
         "there is no medium WALL", "threats[\"PAPER_RECEIVED_ASTRAY\"]"},
        {"ThreatTooFrequent", kThreats, "frequency: 2", "frequency: 4", "4 isn't from 1 to 3",
         "threats[\"PAPER_RECEIVED_ASTRAY\"].frequency"},
        {"OneControlOnly", kThreats, "controls: [\"PC_PRINT_PICKUP\", \"PHY_ZONES\"]",
         "controls: [\"PC_PRINT_PICKUP\"]", "wants at least two controls", "counters[0]"},
        {"ControlTwice", kThreats, "controls: [\"PC_PRINT_PICKUP\", \"PHY_ZONES\"]",
         "controls: [\"PC_PRINT_PICKUP\", \"PC_PRINT_PICKUP\", \"PHY_ZONES\"]", "each once",
         "counters[0]"},
        {"ControlThatIsUnknown", kThreats, "controls: [\"PC_PRINT_PICKUP\"",
         "controls: [\"PC_HOPE\"", "there is no control PC_HOPE", "counters[0]"},
        {"ControlWithoutThreat", kThreats, "\"PC_PRINT_PICKUP\", \"PHY_ZONES\"",
         "\"PHY_VISITORS\", \"PHY_ZONES\"", "counters no threat", "controls[\"PC_PRINT_PICKUP\"]"},
        {"ThreatWithoutStage", kThreats, "counters { threat: \"PAPER_BIN\"",
         "counters { threat: \"DISASTER\"", "no counter names it", "threats[\"PAPER_BIN\"]"},
        {"StageWhereNothingHappens", kThreats, "counters { threat: \"PAPER_BIN\"",
         "counters { threat: \"MEDIA_MALWARE\"", "nothing happens to PAPER at stage DISPOSE",
         "threat_catalogues[\"threat-catalogue\"]"},
        {"CounterAtNoStage", kThreats, "stage: \"ACQUIRE\" controls", "stage: \"BEGIN\" controls",
         "there is no stage BEGIN", "counters[0]"},
        {"CategoryThatIsUnknown", kThreats, "category: \"ORGANIZATION\"", "category: \"MAGIC\"",
         "there is no category MAGIC", "controls[\"ORG_OWNER\"]"},
        {"AnswerOfNoItem", kThreats, "items: [\"RC_THREATS_CONTACTS\"", "items: [\"RC_NOTHING\"",
         "there is no item RC_NOTHING", "controls[\"ORG_ROLES\"]"},
        {"ChapterThatIsNone", kThreats, "chapter: 1", "chapter: 13", "13 isn't from 0 to 12",
         "controls[\"ORG_OWNER\"].chapter"},
        {"UsualFrequencyAgain", kThreats, "threat: \"RECORD_ALTERED\" frequency: 2",
         "threat: \"RECORD_ALTERED\" frequency: 1", "is the usual frequency",
         "industries[0].frequencies[0]"},
        {"IndustryThatIsNone", kThreats, "industry: \"RETAIL\"", "industry: \"MINING\"",
         "there is no industry MINING", "industries[1]"},
        {"CellMissing", kModels, "likelihoods { frequency: 2 vulnerability: 2 likelihood: 1 }", "",
         "no likelihood of (2, 2)", "risk_models[\"risk-model-2\"]"},
        {"CellTwice", kModels, "likelihoods { frequency: 2 vulnerability: 2",
         "likelihoods { frequency: 1 vulnerability: 1", "stands here twice", "likelihoods["},
        {"LessLikelyWithMoreThreat", kModels,
         "likelihoods { frequency: 3 vulnerability: 3 likelihood: 3 }",
         "likelihoods { frequency: 3 vulnerability: 3 likelihood: 1 }",
         "likelihood falls towards (3, 3)", "risk_models[\"risk-model-2\"]"},
        {"GapBetweenBands", kModels, "minimum: 1 maximum: 3", "minimum: 1 maximum: 2",
         "2 isn't from 3 to 3", "risk_models[\"risk-model-2\"].bands[\"MIDDLE\"].maximum"},
        {"BandsThatDontEndAtZero", kModels, "maximum: 3 }\n  reason",
         "minimum: 1 maximum: 3 }\n  reason", "the lowest band doesn't end at 0", "risk_models["},
        {"ScaleOfAnotherEdition", kModels, "value_scale: \"value-scale-3-1\"",
         "value_scale: \"value-scale-4-0\"", "is of edition 4.0",
         "risk_models[\"risk-model-3-1\"].value_scale"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Diagnosis, CheckTest,
    testing::ValuesIn(std::vector<Fault>{
        {"MorePointsForLess", kDiagnosis, "severity: 3 points: 2", "severity: 3 points: 5",
         "ANSWER_PARTLY has more points than ANSWER_FOLLOWED",
         "questionnaires[\"self-diagnosis-3-1\"]"},
        {"PointsForNotKnowing", kDiagnosis, "points: -1", "points: 1",
         "ANSWER_UNKNOWN has more points than ANSWER_NOT_FOLLOWED",
         "questionnaires[\"self-diagnosis-3-1\"]"},
        {"BandOutOfReach", kDiagnosis, "minimum: 100", "minimum: 101", "totals go up to 100",
         "bands[\"TOP\"]"},
        {"BandsThatDontReachDown", kDiagnosis, "minimum: -25", "minimum: -24",
         "totals go down to -25", "bands[\"LOW\"]"},
        {"BandsThatRise", kDiagnosis, "minimum: 70", "minimum: 40", "is not below the band before",
         "bands[\"GAPS\"]"},
        {"NumberSkipped", kDiagnosis, "number: 2\n", "number: 3\n", "3 isn't from 2 to 2",
         "items[\"SD_MALWARE\"].number"},
        {"VariantOfNothing", kVariant, "variant_of: \"self-diagnosis-3-1\"",
         "variant_of: \"self-diagnosis-0\"", "there is no Questionnaire \"self-diagnosis-0\"",
         "questionnaires[\"self-diagnosis-2\"].variant_of"},
        {"VariantOfAVariant", kVariant, "variant_of: \"self-diagnosis-3-1\"",
         "variant_of: \"self-diagnosis-4-0\"", "is a variant itself",
         "questionnaires[\"self-diagnosis-2\"].variant_of"},
        {"NumberOfAVariantTwice", kVariant, "number: 20", "number: 18", "18 is there twice",
         "questionnaires[\"self-diagnosis-2\"].items["},
        {"PartThatIsUnknown", kDiagnosis, "part: \"BASIC\"", "part: \"OTHER\"",
         "there is no part OTHER", "items[\"SD_UPDATE\"].part"},
        {"PartWithoutItems", kDiagnosis, "parts { code: \"BASIC\"",
         "parts { code: \"NOTHING\" title { ja: \"空\" } }\n  parts { code: \"BASIC\"",
         "no item is in it", "parts[\"NOTHING\"]"},
        {"ChapterOfNoRegulation", kDiagnosis, "chapters: [6]", "chapters: [13]",
         "13 isn't from 1 to 12", "items[\"SD_UPDATE\"].chapters[0]"},
        {"FigureOfNoItem", kDiagnosis, "survey_figures { item: \"SD_UPDATE\"",
         "survey_figures { item: \"SD_UPDATES\"", "there is no item SD_UPDATES",
         "survey_figures[0]"},
        {"ContradictionOfAnotherType", kDiagnosis, "comparator: COMPARATOR_AT_MOST ratio: 0.5",
         "comparator: COMPARATOR_AT_MOST count: 1", "training.coverage is a FACT_TYPE_RATIO",
         "contradictions[\"TRAINING_HALF\"].condition"},
        {"ContradictionOfNoItem", kDiagnosis, "item: \"SD_BACKUP\"", "item: \"SD_COPIES\"",
         "there is no item SD_COPIES", "contradictions[\"BACKUP_NOT_IN_LEDGER\"]"},
        {"AdviceOfTooMany", kDiagnosis, "advice_count: 6", "advice_count: 26",
         "26 isn't from 0 to 25", "advice_count"},
        {"NobodyIsAsked", kPractice, "percent: 30", "percent: 0", "percent is missing",
         "questionnaires[\"practice-check-daily\"].sample"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Operation, CheckTest,
    testing::ValuesIn(std::vector<Fault>{
        {"ActivityTwice", kCalendar, "code: \"PRACTICE_CHECK\"", "code: \"FORMS_START\"",
         "stands here twice", "activities[\"FORMS_START\"]"},
        {"ActivityBeyondTheYear", kCalendar, "first_business_days: 5", "first_business_days: 300",
         "300 isn't from 0 to 240", "activities[\"FORMS_START\"].first_business_days"},
        {"RarerThanTheYear", kCalendar, "every_months: 6", "every_months: 18",
         "18 isn't from 0 to 12", "activities[\"PRACTICE_CHECK\"].every_months"},
        {"RoleOfNobody", kCalendar, "role: \"SECURITY_MANAGER\"", "role: \"CAPTAIN\"",
         "there is no \"CAPTAIN\" in the list security-roles", "activities[\"FORMS_START\"]"},
        {"ClientsActivityWithoutRole", kCalendar, "role: \"SECURITY_MANAGER\"\n", "", "have a role",
         "activities[\"FORMS_START\"]"},
        {"FormWithoutTemplate", kCalendar, "template: \"form-carry-out\"",
         "template: \"form-none\"", "there is no", "forms[\"CARRY_OUT_LOG\"]"},
        {"CheckOfNoChapter", kCalendar, "chapter: 1\n", "chapter: 13\n", "13 isn't from 1 to 12",
         "check_items[\"ROLES_KNOWN\"].chapter"},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace staraction::content
