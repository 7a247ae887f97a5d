#include "common/paper/form_code.h"
#include "common/paper/test_scans.h"
#include "common/resource/name.h"
#include "services/declaration/campaign_test_fixture.h"

namespace staraction::declaration {
namespace {

using paper::FormKind;
using test::CallAs;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ScanStub = v1::PledgeScanService::Stub;
using Scan = v1::PledgeScan;

class PledgeScanServiceTest : public CampaignServiceTest {
 protected:
  static std::string CodeOf(const std::string& campaign, int member) {
    return paper::EncodeFormCode({FormKind::kPledge, LastId(campaign), MemberId(member)});
  }
  static std::string PdfOf(const std::vector<std::string>& codes) {
    std::vector<paper::GrayImage> pages;
    for (const std::string& code : codes) pages.push_back(paper::DrawSheet({code}));
    return paper::ToPdf(pages);
  }
  static v1::UploadPledgeScansRequest Upload(const std::string& campaign) {
    v1::UploadPledgeScansRequest request;
    request.set_parent(campaign);
    *request.mutable_effective_date() = ToProtoDate(absl::CivilDay(2026, 9, 30));
    return request;
  }
  static void AddFile(const std::string& name, const std::string& media_type,
                      const std::string& data, v1::UploadPledgeScansRequest& request) {
    auto* file = request.add_files();
    file->set_file_name(name);
    file->set_media_type(media_type);
    file->set_data(data);
  }
  absl::StatusOr<v1::UploadPledgeScansResponse> Send(const v1::UploadPledgeScansRequest& request) {
    return CallAs(Consultant(), *pledge_scans_, &ScanStub::UploadPledgeScans, request);
  }
  absl::StatusOr<Scan> Assign(const Scan& scan, int page, const std::string& pledge) {
    v1::AssignPledgeSheetRequest request;
    request.set_name(scan.name());
    request.set_page(page);
    request.set_pledge(pledge);
    return CallAs(Consultant(), *pledge_scans_, &ScanStub::AssignPledgeSheet, request);
  }
  static std::vector<std::string> Outcomes(const Scan& scan) {
    std::vector<std::string> outcomes;
    for (const auto& sheet : scan.sheets()) {
      outcomes.push_back(Scan::Outcome_Name(sheet.outcome()).substr(sizeof("OUTCOME_") - 1));
    }
    return outcomes;
  }
};

TEST_F(PledgeScanServiceTest, AHeapOfSheetsIsRecordedByItsCodes) {
  const std::string campaign = Opened(Wanted(v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST));
  const std::string earlier = Opened();
  v1::UploadPledgeScansRequest request = Upload(campaign);
  AddFile("heap.pdf", "application/pdf",
          PdfOf({CodeOf(campaign, 2), "", CodeOf(earlier, 1), CodeOf(campaign, 1)}), request);
  AddFile("photo.jpg", "image/jpeg", paper::ToJpeg(paper::DrawSheet({CodeOf(campaign, 2)})),
          request);
  AddFile("other.png", "image/png",
          paper::ToPng(paper::DrawSheet(
              {paper::EncodeFormCode({FormKind::kTest, LastId(campaign), MemberId(2)})})),
          request);
  AddFile("stranger.png", "image/png", paper::ToPng(paper::DrawSheet({CodeOf(campaign, 9)})),
          request);
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const auto answer, Send(request));
  ASSERT_EQ(answer.pledge_scans_size(), 4);
  EXPECT_THAT(Outcomes(answer.pledge_scans(0)),
              ElementsAre("RECORDED", "UNREADABLE", "OTHER_CAMPAIGN", "RECORDED"));
  EXPECT_THAT(Outcomes(answer.pledge_scans(1)), ElementsAre("ALREADY_PLEDGED"));
  EXPECT_EQ(answer.pledge_scans(1).sheets(0).display_name(), "𠮷田 花子");
  EXPECT_THAT(Outcomes(answer.pledge_scans(2)), ElementsAre("OTHER_FORM"));
  EXPECT_THAT(Outcomes(answer.pledge_scans(3)), ElementsAre("NOT_ON_LIST"));
  EXPECT_EQ(answer.recorded_count(), 2);
  EXPECT_EQ(answer.open_count(), 4);
  EXPECT_EQ(answer.pledge_scans(1).state(), Scan::STATE_DONE);

  ASSERT_OK_AND_ASSIGN(const v1::Pledge pledge, GetPledge(PledgeName(campaign, 2)));
  EXPECT_EQ(pledge.signature().strength(), v1::PledgeEvent::STRENGTH_PAPER_SCANNED);
  EXPECT_EQ(pledge.signature().scan().page(), 1);
  EXPECT_EQ(pledge.signature().effective_date().day(), 30);
  EXPECT_EQ(pledge.signature().deviation(), "") << "the president lay in the same heap";
  ASSERT_OK_AND_ASSIGN(const auto repeated, Send(request));
  EXPECT_EQ(repeated.pledge_scans(0).name(), answer.pledge_scans(0).name());
}

TEST_F(PledgeScanServiceTest, WhatCannotBeReadWaitsForSomebodyWhoCan) {
  const std::string campaign = Opened();
  v1::UploadPledgeScansRequest request = Upload(campaign);
  AddFile("blurred.pdf", "application/pdf", PdfOf({"", ""}), request);
  AddFile("broken.pdf", "application/pdf", "%PDF-1.7 broken", request);
  ASSERT_OK_AND_ASSIGN(const auto answer, Send(request));
  const Scan& blurred = answer.pledge_scans(0);
  EXPECT_THAT(blurred.allowed_actions(), ElementsAre("assignSheet", "discardSheet"));
  EXPECT_EQ(answer.pledge_scans(1).sheets(0).page(), 0);
  ASSERT_OK(Assign(answer.pledge_scans(1), 0, PledgeName(campaign, 1)));
  ASSERT_OK_AND_ASSIGN(const Scan assigned, Assign(blurred, 1, PledgeName(campaign, 2)));
  EXPECT_THAT(Outcomes(assigned), ElementsAre("ASSIGNED", "UNREADABLE"));
  EXPECT_EQ(assigned.sheets(0).display_name(), "𠮷田 花子");
  EXPECT_THAT(Assign(blurred, 2, PledgeName(campaign, 2)),
              StatusIs(absl::StatusCode::kFailedPrecondition))
      << "pledged already";
  EXPECT_THAT(BadFields(Assign(blurred, 1, PledgeName(campaign, 3)).status()), ElementsAre("page"));
  EXPECT_THAT(BadFields(Assign(blurred, 2, PledgeName(Opened(), 2)).status()),
              ElementsAre("pledge"));
  v1::DiscardPledgeSheetRequest discard;
  discard.set_name(blurred.name());
  discard.set_page(2);
  discard.set_reason("裏面");
  ASSERT_OK_AND_ASSIGN(const Scan done, CallAs(Consultant(), *pledge_scans_,
                                               &ScanStub::DiscardPledgeSheet, discard));
  EXPECT_EQ(done.state(), Scan::STATE_DONE);
  EXPECT_EQ(done.sheets(1).reason(), "裏面");

  ASSERT_OK_AND_ASSIGN(const v1::Pledge pledge, GetPledge(PledgeName(campaign, 2)));
  EXPECT_EQ(pledge.signature().scan().id(), blurred.scan().id());
  v1::ListPledgeScansRequest list;
  list.set_parent(campaign);
  ASSERT_OK_AND_ASSIGN(const auto page, CallAs(keys_.User("president"), *pledge_scans_,
                                               &ScanStub::ListPledgeScans, list));
  EXPECT_EQ(page.pledge_scans_size(), 2);
  v1::GetPledgeScanRequest get;
  get.set_name(blurred.name());
  ASSERT_OK_AND_ASSIGN(const Scan stored,
                       CallAs(Consultant(), *pledge_scans_, &ScanStub::GetPledgeScan, get));
  EXPECT_EQ(stored.file_name(), "blurred.pdf");
  v1::DownloadPledgeScanFileRequest download;
  download.set_name(answer.pledge_scans(1).name());
  ASSERT_OK_AND_ASSIGN(const auto body, CallAs(Consultant(), *pledge_scans_,
                                               &ScanStub::DownloadPledgeScanFile, download));
  EXPECT_EQ(body.data(), "%PDF-1.7 broken");
}

TEST_F(PledgeScanServiceTest, BadUploadsAreRefusedAsAWhole) {
  ASSERT_OK_AND_ASSIGN(const v1::Campaign draft, Create());
  v1::UploadPledgeScansRequest request = Upload(draft.name());
  EXPECT_THAT(BadFields(Send(request).status()), ElementsAre("files"));
  AddFile("a.png", "image/png", paper::ToPng(paper::DrawSheet({})), request);
  EXPECT_THAT(Send(request), StatusIs(absl::StatusCode::kFailedPrecondition)) << "not opened";
  AddFile("b.png", "image/png", "%PDF-1.7", request);
  EXPECT_THAT(BadFields(Send(request).status()), ElementsAre("files[1].data"));
  request.mutable_files(1)->set_media_type("image/gif");
  EXPECT_THAT(BadFields(Send(request).status()), ElementsAre("files[1].media_type"));
  *request.mutable_effective_date() = ToProtoDate(absl::CivilDay(2026, 10, 2));
  EXPECT_THAT(BadFields(Send(request).status()), ElementsAre("effective_date"));
  EXPECT_THAT(
      CallAs(keys_.User("president"), *pledge_scans_, &ScanStub::UploadPledgeScans, request),
      StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(PledgeScanServiceTest, ASingleRecordRefusesTheSheetOfSomebodyElse) {
  const std::string campaign = Opened();
  v1::RecordPledgeRequest request = PaperRequest(campaign, 2);
  request.set_scan_media_type("image/png");
  request.set_scan(paper::ToPng(paper::DrawSheet({CodeOf(campaign, 1)})));
  const auto refused = Record(request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  const auto detail = GetDetail<google::rpc::BadRequest>(refused.status());
  EXPECT_THAT(detail->field_violations(0).description(), HasSubstr("山﨑 髙志"));
  request.set_scan(paper::ToPng(paper::DrawSheet({CodeOf(Opened(), 2)})));
  EXPECT_THAT(BadFields(Record(request).status()), ElementsAre("scan"));
  request.set_scan(paper::ToPng(paper::DrawSheet({CodeOf(campaign, 2)})));
  EXPECT_OK(Record(request));
}

}  // namespace
}  // namespace staraction::declaration
