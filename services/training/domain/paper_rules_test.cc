#include "services/training/domain/paper_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/date.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "services/training/domain/attempt_rules.h"

namespace staraction::training {
namespace {

using testing::ElementsAre;
using v1::Attempt;

std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  if (const auto bad = GetDetail<google::rpc::BadRequest>(status)) {
    for (const auto& violation : bad->field_violations()) fields.push_back(violation.field());
  }
  return fields;
}

struct ScanCase {
  std::string name;
  std::string media_type;
  std::string bytes;
  int days_from_today;
  std::vector<std::string> fields;
};

class ScanTest : public testing::TestWithParam<ScanCase> {};

TEST_P(ScanTest, Checks) {
  const absl::CivilDay today(2026, 4, 1);
  v1::TrainingScan scan;
  scan.set_media_type(GetParam().media_type);
  *scan.mutable_effective_date() = ToProtoDate(today + GetParam().days_from_today);
  EXPECT_EQ(Fields(CheckScan(scan, GetParam().bytes, today)), GetParam().fields);
}

INSTANTIATE_TEST_SUITE_P(
    Scans, ScanTest,
    testing::Values(ScanCase{"Pdf", "application/pdf", "%PDF-1.7 …", 0, {}},
                    ScanCase{"Png", "image/png", "\x89PNG\r\n\x1a\n…", -30, {}},
                    ScanCase{"Jpeg", "image/jpeg", "\xff\xd8\xff\xe0", 0, {}},
                    ScanCase{"NotWhatItSays", "image/png", "%PDF-1.7", 0, {"content"}},
                    ScanCase{"OtherType", "image/gif", "GIF89a", 0, {"training_scan.media_type"}},
                    ScanCase{"Tomorrow",
                             "image/gif",
                             "GIF89a",
                             1,
                             {"training_scan.media_type", "training_scan.effective_date"}}),
    [](const auto& each) { return each.param.name; });

v1::PaperTest Paper() {
  v1::PaperTest paper;
  paper.set_course("courses/c");
  paper.set_kind(Attempt::KIND_AFTER);
  for (const char* code : {"A", "B"}) {
    auto* variant = paper.add_variants();
    variant->set_code(code);
    auto* question = variant->add_questions();
    question->set_code("Q1");
    question->set_correct_index(0);
    question->set_explanation("理由");
  }
  return paper;
}

TEST(PaperShownTest, HidesRightAnswers) {
  const v1::PaperTest shown = Shown(Paper());
  for (const auto& variant : shown.variants()) {
    EXPECT_FALSE(variant.questions(0).has_correct_index());
    EXPECT_EQ(variant.questions(0).explanation(), "");
    EXPECT_EQ(variant.questions(0).code(), "Q1");
  }
}

TEST(FitsPaperTest, TellsEverythingThatDiffers) {
  Attempt attempt;
  attempt.set_channel(common::v1::CHANNEL_PAPER);
  attempt.set_course("courses/c");
  attempt.set_kind(Attempt::KIND_AFTER);
  attempt.set_variant("B");
  EXPECT_OK(CheckFitsPaper(attempt, Paper()));
  attempt.set_channel(common::v1::CHANNEL_LINK);
  attempt.set_course("courses/d");
  attempt.set_kind(Attempt::KIND_RETEST);
  attempt.set_variant("C");
  EXPECT_THAT(Fields(CheckFitsPaper(attempt, Paper())),
              ElementsAre("attempt.channel", "attempt.course", "attempt.kind", "attempt.variant"));
}

}  // namespace
}  // namespace staraction::training
