#include "common/table/row_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

TEST(RowReportTest, SaysLineColumnWhatCameAndWhatIsWanted) {
  RowReport report("content");
  EXPECT_OK(report.ToStatus());
  report.Add(12, "入社日",
             {"2020/13/40", "want a day that exists", "実在する日付を入力してください"});
  report.Add(13, "", {"", "want 9 cells", "9列にしてください"});
  report.Add(0, "", {"", "want a header", "見出しを入れてください"});
  report.Add(14, "氏名", {std::string(50, 'x') + "\n", "want less", "短くしてください"});
  const auto violations = report.ToViolations();
  ASSERT_EQ(violations.size(), 4u);
  EXPECT_EQ(violations[0].field, "content[12].入社日");
  EXPECT_EQ(violations[0].en, "line 12, column '入社日': got '2020/13/40': want a day that exists");
  EXPECT_EQ(violations[0].ja,
            "12行目「入社日」：「2020/13/40」は使えません。実在する日付を入力してください");
  EXPECT_EQ(violations[1].field, "content[13]");
  EXPECT_EQ(violations[1].en, "line 13: want 9 cells");
  EXPECT_EQ(violations[2].field, "content");
  EXPECT_EQ(violations[2].ja, "見出しを入れてください");
  EXPECT_EQ(violations[3].en,
            absl::StrCat("line 14, column '氏名': got '", std::string(40, 'x'), "…': want less"));
  const absl::Status status = report.ToStatus();
  EXPECT_THAT(status, test::StatusIs(absl::StatusCode::kInvalidArgument,
                                     testing::HasSubstr("(and 3 more)")));
  EXPECT_EQ(ReasonOf(status), error::v1::ERROR_REASON_FILE_REJECTED);
}

TEST(RowReportTest, KeepsAThousandAndCountsTheRest) {
  RowReport report("content");
  for (int line = 1; line <= 5000; ++line) report.Add(line, "a", {"x", "want y", "y"});
  EXPECT_EQ(report.total(), 5000u);
  EXPECT_EQ(report.problems().size(), RowReport::kMaxKept);
}

}  // namespace
}  // namespace staraction
