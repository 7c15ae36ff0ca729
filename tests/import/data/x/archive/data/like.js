window.YTD.like.part0 = [
  {
    "like": {
      "tweetId": "9",
      "fullText": "liked",
      "expandedUrl": "https://twitter.com/i/web/status/9"
    }
  }
]