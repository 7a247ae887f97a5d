#include "services/declaration/domain/sheet.h"

#include "common/testing/status_matchers.h"

namespace staraction::declaration::domain {
namespace {

using paper::FormCode;
using paper::FormKind;
using Scan = v1::PledgeScan;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kCampaign[] = "0190a000-0000-7000-8000-0000000000a1";
constexpr char kOther[] = "0190a000-0000-7000-8000-0000000000a2";
constexpr char kMember[] = "0190a000-0000-7000-8000-000000000101";
constexpr char kColleague[] = "0190a000-0000-7000-8000-000000000102";

v1::Campaign Campaign() {
  v1::Campaign campaign;
  campaign.set_name(std::string("engagements/e/campaigns/") + kCampaign);
  return campaign;
}

v1::Pledge Pledge() {
  v1::Pledge pledge;
  pledge.set_member(std::string("clients/c/members/") + kMember);
  return pledge;
}

TEST(CheckCodes, RefusesTheSheetOfSomebodyElse) {
  const FormCode own = {FormKind::kPledge, kCampaign, kMember};
  const struct {
    const char* name;
    paper::ScannedPages pages;
    bool fits;
    const char* member;
  } kCases[] = {
      {"file that cannot be read", {}, true, ""},
      {"page without a code", {{}}, true, ""},
      {"own", {{own}}, true, ""},
      {"own behind another", {{{FormKind::kPledge, kCampaign, kColleague}}, {own}}, true, ""},
      {"a colleague's", {{{FormKind::kPledge, kCampaign, kColleague}}}, false, kColleague},
      {"of another campaign", {{{FormKind::kPledge, kOther, kMember}}}, false, ""},
      {"a test", {{{FormKind::kTest, kCampaign, kMember}}}, false, ""},
  };
  for (const auto& c : kCases) {
    const SheetCheck check = CheckCodes(c.pages, Campaign(), Pledge());
    EXPECT_EQ(check.fits, c.fits) << c.name;
    EXPECT_EQ(check.member, c.member) << c.name;
  }
  EXPECT_THAT(WrongSheet("佐藤 次郎"),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("佐藤 次郎")));
}

TEST(Sheets, OneForEachCodeAndEachPageWithoutOne) {
  const paper::ScannedPages pages = {
      {{FormKind::kPledge, kCampaign, kMember}},
      {},
      {{FormKind::kPledge, kOther, kMember}, {FormKind::kTest, kCampaign, kMember}},
      {{FormKind::kPledge, kCampaign, ""}}};
  std::vector<std::string> told;
  for (const auto& sheet : NewSheets(pages, Campaign())) {
    told.push_back(std::to_string(sheet.page()) + " " + Scan::Outcome_Name(sheet.outcome()) + " " +
                   MemberOf(sheet));
  }
  EXPECT_THAT(told, ElementsAre(std::string("1 OUTCOME_UNSPECIFIED ") + kMember,
                                "2 OUTCOME_UNREADABLE ", "3 OUTCOME_OTHER_CAMPAIGN ",
                                "3 OUTCOME_OTHER_FORM ", "4 OUTCOME_NOT_ON_LIST "));
  const auto unread = NewSheets({}, Campaign());
  ASSERT_EQ(unread.size(), 1u);
  EXPECT_EQ(unread[0].page(), 0);
}

TEST(Sheets, OnlyUnreadableOnesAreAssigned) {
  Scan scan;
  for (auto& sheet : NewSheets({{}, {{FormKind::kPledge, kOther, kMember}}}, Campaign())) {
    *scan.add_sheets() = sheet;
  }
  SetState(scan);
  SetActions(scan);
  EXPECT_THAT(scan.allowed_actions(), ElementsAre("assignSheet", "discardSheet"));
  EXPECT_THAT(FindOpenSheet(scan, 2, true), test::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(FindOpenSheet(scan, 3, false), test::StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK_AND_ASSIGN(auto* first, FindOpenSheet(scan, 1, true));
  Resolve(Scan::OUTCOME_ASSIGNED, {"users/u", absl::UnixEpoch()}, *first);
  EXPECT_THAT(FindOpenSheet(scan, 1, true), test::StatusIs(absl::StatusCode::kInvalidArgument));
  SetState(scan);
  SetActions(scan);
  EXPECT_THAT(scan.allowed_actions(), ElementsAre("discardSheet"));
  ASSERT_OK_AND_ASSIGN(auto* second, FindOpenSheet(scan, 2, false));
  Resolve(Scan::OUTCOME_DISCARDED, {"users/u", absl::UnixEpoch()}, *second);
  SetState(scan);
  EXPECT_EQ(scan.state(), Scan::STATE_DONE);
}

}  // namespace
}  // namespace staraction::declaration::domain
