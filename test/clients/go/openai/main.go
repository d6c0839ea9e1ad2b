// The whole path with openai-go; deployment through armcognitiveservices.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/cognitiveservices/armcognitiveservices"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"
	"github.com/openai/openai-go/v3/shared"
)

const system = "The system is an AI teacher that helps people learn about AI"

var ctx = context.Background()

func told(name string) string { return os.Getenv("LOCAL_AZURE_" + name) }

func report(line map[string]string) {
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}

func step(name string, action func() error) {
	line := map[string]string{"step": name}
	if err := action(); err != nil {
		line["error"] = err.Error()
	}
	report(line)
}

func expectAnswer(text string) error {
	if text != told("ANSWER") {
		return fmt.Errorf("the answer was %q", text)
	}
	return nil
}

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/openai/openai-go/v3" {
			report(map[string]string{"version": strings.TrimPrefix(module.Version, "v")})
		}
	}
	client := openai.NewClient(option.WithBaseURL(told("ACCOUNT_ENDPOINT")+"openai/v1"), option.WithAPIKey(told("KEY")), option.WithMaxRetries(0))
	var file *openai.FileObject
	var job *openai.FineTuningJob
	step("upload", func() (err error) {
		rows, err := os.Open(told("ROWS_FILE"))
		if err != nil {
			return err
		}
		defer rows.Close()
		file, err = client.Files.New(ctx, openai.FileNewParams{File: rows, Purpose: openai.FilePurposeFineTune})
		return err
	})
	step("job", func() (err error) {
		if err = until(func() (bool, error) {
			found, err := client.Files.Get(ctx, file.ID)
			return err == nil && string(found.Status) == "processed", err
		}); err != nil {
			return err
		}
		job, err = client.FineTuning.Jobs.New(ctx, openai.FineTuningJobNewParams{
			Model: openai.FineTuningJobNewParamsModel(told("BASE_MODEL")), TrainingFile: file.ID, Suffix: openai.String("client"),
		})
		return err
	})
	step("wait", func() error {
		return until(func() (done bool, err error) {
			job, err = client.FineTuning.Jobs.Get(ctx, job.ID)
			return err == nil && job.Status == openai.FineTuningJobStatusSucceeded, err
		})
	})
	step("events", func() error {
		count := 0
		pages := client.FineTuning.Jobs.ListEventsAutoPaging(ctx, job.ID, openai.FineTuningJobListEventsParams{Limit: openai.Int(5)})
		for pages.Next() {
			count++
		}
		if count <= 5 {
			return fmt.Errorf("%d events: one page only", count)
		}
		return pages.Err()
	})
	deployments, err := deploymentsClient()
	if err != nil {
		panic(err)
	}
	group, account := told("RESOURCE_GROUP"), told("ACCOUNT")
	step("deploy (ARM)", func() error {
		model := &armcognitiveservices.DeploymentModel{Format: to.Ptr("OpenAI"), Name: &job.FineTunedModel, Version: to.Ptr("1")}
		body := armcognitiveservices.Deployment{
			SKU:        &armcognitiveservices.SKU{Name: to.Ptr("Standard"), Capacity: to.Ptr[int32](1)},
			Properties: &armcognitiveservices.DeploymentProperties{Model: model},
		}
		poller, err := deployments.BeginCreateOrUpdate(ctx, group, account, "own", body, nil)
		if err != nil {
			return err
		}
		_, err = poller.PollUntilDone(ctx, nil)
		return err
	})
	talk(client)
	step("cleanup", func() error {
		poller, err := deployments.BeginDelete(ctx, group, account, "own", nil)
		if err != nil {
			return err
		}
		if _, err = poller.PollUntilDone(ctx, nil); err != nil {
			return err
		}
		_, err = client.Files.Delete(ctx, file.ID)
		return err
	})
}

func talk(client openai.Client) {
	params := openai.ChatCompletionNewParams{
		Model:    "own",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.SystemMessage(system), openai.UserMessage(told("QUESTION"))},
	}
	// The service may need a moment after Resource Manager has said that the deployment is there.
	step("chat", func() error {
		return until(func() (bool, error) {
			completion, err := client.Chat.Completions.New(ctx, params)
			if err != nil {
				return false, err
			}
			return true, expectAnswer(completion.Choices[0].Message.Content)
		})
	})
	step("stream", func() error {
		text := ""
		stream := client.Chat.Completions.NewStreaming(ctx, params)
		for stream.Next() {
			if choices := stream.Current().Choices; len(choices) > 0 {
				text += choices[0].Delta.Content
			}
		}
		if err := stream.Err(); err != nil {
			return err
		}
		return expectAnswer(text)
	})
	step("responses", func() error {
		answer, err := client.Responses.New(ctx, responses.ResponseNewParams{
			Model: shared.ResponsesModel("own"), Instructions: openai.String(system),
			Input: responses.ResponseNewParamsInputUnion{OfString: openai.String(told("QUESTION"))},
		})
		if err != nil {
			return err
		}
		return expectAnswer(answer.OutputText())
	})
}

func deploymentsClient() (*armcognitiveservices.DeploymentsClient, error) {
	origin := told("ENDPOINT")
	local := cloud.Configuration{
		ActiveDirectoryAuthorityHost: origin,
		Services:                     map[cloud.ServiceName]cloud.ServiceConfiguration{cloud.ResourceManager: {Endpoint: origin, Audience: origin}},
	}
	options := azcore.ClientOptions{Cloud: local}
	credential, err := azidentity.NewClientSecretCredential(told("TENANT_ID"), told("CLIENT_ID"), told("CLIENT_SECRET"),
		&azidentity.ClientSecretCredentialOptions{ClientOptions: options, DisableInstanceDiscovery: true})
	if err != nil {
		return nil, err
	}
	return armcognitiveservices.NewDeploymentsClient(told("SUBSCRIPTION_ID"), credential, &arm.ClientOptions{ClientOptions: options})
}

// until asks again until it is done, for at most a minute.
func until(isDone func() (bool, error)) error {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		if done, err := isDone(); done || err != nil {
			return err
		}
	}
	return fmt.Errorf("not done within a minute")
}
