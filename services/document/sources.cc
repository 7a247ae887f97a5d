#include "services/document/sources.h"

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"
#include "staraction/asset/v1/asset_snapshot_service.grpc.pb.h"
#include "staraction/declaration/v1/campaign_service.grpc.pb.h"
#include "staraction/declaration/v1/declaration_service.grpc.pb.h"
#include "staraction/declaration/v1/publication_service.grpc.pb.h"
#include "staraction/diagnosis/v1/answer_sheet_service.grpc.pb.h"
#include "staraction/diagnosis/v1/diagnosis_service.grpc.pb.h"
#include "staraction/diagnosis/v1/review_service.grpc.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.grpc.pb.h"
#include "staraction/diagnosis/v1/rulebook_version_service.grpc.pb.h"
#include "staraction/engagement/v1/activity_service.grpc.pb.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/company_service.grpc.pb.h"
#include "staraction/engagement/v1/contact_service.grpc.pb.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"
#include "staraction/engagement/v1/organization_service.grpc.pb.h"
#include "staraction/engagement/v1/quote_service.grpc.pb.h"
#include "staraction/engagement/v1/roster_service.grpc.pb.h"
#include "staraction/engagement/v1/visit_service.grpc.pb.h"
#include "staraction/risk/v1/analysis_service.grpc.pb.h"
#include "staraction/risk/v1/treatment_service.grpc.pb.h"
#include "staraction/training/v1/certificate_service.grpc.pb.h"
#include "staraction/training/v1/course_service.grpc.pb.h"
#include "staraction/training/v1/paper_service.grpc.pb.h"
#include "staraction/training/v1/report_service.grpc.pb.h"
#include "staraction/training/v1/session_service.grpc.pb.h"

namespace staraction::document {
namespace {

namespace ast = asset::v1;
namespace dcl = declaration::v1;
namespace dia = diagnosis::v1;
namespace eng = engagement::v1;
namespace rsk = risk::v1;
namespace trn = training::v1;
using google::protobuf::Message;

class Peers final : public Sources {
 public:
  // One line for each method that documents read.
  explicit Peers(Host& host) {
    const auto engagement = host.channel("engagement");
    Serve<eng::ActivityService>(engagement, &eng::ActivityService::Stub::ListActivities);
    Serve<eng::ClientService>(engagement, &eng::ClientService::Stub::GetClient);
    Serve<eng::ClientService>(engagement, &eng::ClientService::Stub::GetMember);
    Serve<eng::CompanyService>(engagement, &eng::CompanyService::Stub::ListRoleAssignments);
    Serve<eng::ContactService>(engagement, &eng::ContactService::Stub::ListOutstandingMembers);
    Serve<eng::EngagementService>(engagement, &eng::EngagementService::Stub::GetEngagement);
    Serve<eng::EngagementService>(engagement, &eng::EngagementService::Stub::ListClientEngagements);
    Serve<eng::OrganizationService>(engagement, &eng::OrganizationService::Stub::GetOrganization);
    Serve<eng::OrganizationService>(engagement, &eng::OrganizationService::Stub::ListUsers);
    Serve<eng::QuoteService>(engagement, &eng::QuoteService::Stub::GetQuote);
    Serve<eng::VisitService>(engagement, &eng::VisitService::Stub::GetVisit);
    Serve<eng::RosterService>(engagement, &eng::RosterService::Stub::ListRosterEntries);
    const auto declaration = host.channel("declaration");
    Serve<dcl::CampaignService>(declaration, &dcl::CampaignService::Stub::GetCampaign);
    Serve<dcl::CampaignService>(declaration, &dcl::CampaignService::Stub::ListCampaigns);
    Serve<dcl::CampaignService>(declaration, &dcl::CampaignService::Stub::GetPledge);
    Serve<dcl::CampaignService>(declaration, &dcl::CampaignService::Stub::GetPledgeCertificate);
    Serve<dcl::CampaignService>(declaration, &dcl::CampaignService::Stub::ListPledges);
    Serve<dcl::DeclarationService>(declaration, &dcl::DeclarationService::Stub::GetDeclaration);
    Serve<dcl::PublicationService>(declaration,
                                   &dcl::PublicationService::Stub::ListAnnouncementDrafts);
    const auto diagnosis = host.channel("diagnosis");
    Serve<dia::DiagnosisService>(diagnosis, &dia::DiagnosisService::Stub::ListDiagnoses);
    Serve<dia::DiagnosisService>(diagnosis, &dia::DiagnosisService::Stub::CompareDiagnoses);
    Serve<dia::RulebookService>(diagnosis, &dia::RulebookService::Stub::ListMeasures);
    Serve<dia::RulebookVersionService>(diagnosis, &dia::RulebookVersionService::Stub::GetRulebook);
    Serve<dia::RulebookVersionService>(diagnosis,
                                       &dia::RulebookVersionService::Stub::GetRulebookVersion);
    Serve<dia::DiagnosisService>(diagnosis, &dia::DiagnosisService::Stub::GetDiagnosis);
    Serve<dia::AnswerSheetService>(diagnosis, &dia::AnswerSheetService::Stub::GetAnswerSheet);
    Serve<dia::DiagnosisReviewService>(diagnosis,
                                       &dia::DiagnosisReviewService::Stub::AdviseDiagnosis);
    Serve<dia::DiagnosisReviewService>(diagnosis,
                                       &dia::DiagnosisReviewService::Stub::BenchmarkDiagnosis);
    Serve<dia::DiagnosisReviewService>(diagnosis,
                                       &dia::DiagnosisReviewService::Stub::GetDiagnosisTrend);
    Serve<dia::DiagnosisReviewService>(diagnosis,
                                       &dia::DiagnosisReviewService::Stub::ReviewDiagnosis);
    const auto asset = host.channel("asset");
    Serve<ast::AssetSnapshotService>(asset, &ast::AssetSnapshotService::Stub::GetAssetSnapshot);
    Serve<ast::AssetSnapshotService>(asset, &ast::AssetSnapshotService::Stub::ListSnapshotAssets);
    const auto risk = host.channel("risk");
    Serve<rsk::AnalysisService>(risk, &rsk::AnalysisService::Stub::GetAnalysis);
    Serve<rsk::TreatmentService>(risk, &rsk::TreatmentService::Stub::ListTreatments);
    const auto training = host.channel("training");
    Serve<trn::CertificateService>(training,
                                   &trn::CertificateService::Stub::ListCompletionCertificates);
    Serve<trn::CourseService>(training, &trn::CourseService::Stub::GetCourse);
    Serve<trn::PaperService>(training, &trn::PaperService::Stub::GetPaperTest);
    Serve<trn::ReportService>(training, &trn::ReportService::Stub::GetTrainingReport);
    Serve<trn::SessionService>(training, &trn::SessionService::Stub::GetSession);
  }

 private:
  using Method = std::function<absl::Status(const Call&, const Message&, Message&)>;

  template <typename Service, typename Request, typename Response>
  void Serve(const std::shared_ptr<grpc::Channel>& channel,
             grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                   Response*)) {
    const std::shared_ptr<typename Service::Stub> stub = Service::NewStub(channel);
    methods_[Request::descriptor()] = [stub, method](const Call& call, const Message& request,
                                                     Message& response) -> absl::Status {
      SA_ASSIGN_OR_RETURN(Response answer,
                          CallPeer(call, *stub, method, static_cast<const Request&>(request)));
      static_cast<Response&>(response) = std::move(answer);
      return absl::OkStatus();
    };
  }

  absl::Status Ask(const Call& call, const Message& request, Message& response) override {
    const auto method = methods_.find(request.GetDescriptor());
    if (method == methods_.end()) {
      return Internal(absl::StrCat("no source takes ", request.GetDescriptor()->full_name()));
    }
    return method->second(call, request, response);
  }

  std::map<const google::protobuf::Descriptor*, Method> methods_;
};

}  // namespace

std::shared_ptr<Sources> PeerSources(Host& host) {
  return std::make_shared<Peers>(host);
}

}  // namespace staraction::document
